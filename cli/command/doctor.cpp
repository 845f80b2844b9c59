#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/doctor_report.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/machine/examine.h"
#include "cli/workspace/machine/mending_policy.h"
#include "cli/workspace/policy_file.h"

namespace gopol::cli {
namespace {

providers::Ailments found(Workspace& workspace) {
  providers::Ailments all = examine(workspace);
  for (const dsl::Diagnostic& error : workspace.plugin_errors)
    all.push_back({dsl::Severity::warning, error.message, error.help});
  return all;
}

/// Writes what mends, and returns its name; empty if a policy can mend nothing.
dsl::Result<std::string> write_mends(const providers::Ailments& all, const Options& options) {
  const std::string policy = mending_policy(all);
  if (policy.empty()) return std::string();
  const std::string file = options.output.empty() ? "doctor.policy" : options.output;
  if (options.output.empty() && ::access(file.c_str(), F_OK) == 0)
    return dsl::problem("P0001", fmt::format("`{}` is there already", file),
                        "name another file with `-o`");
  if (auto written = write_policy(file, policy); !written) return written.error();
  return file;
}

}  // namespace

Exit doctor_command(const Options& options) {
  std::string mends;
  const Exit exit =
      with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
        const auto all = found(workspace);
        if (options.fix) {
          auto written = write_mends(all, options);
          if (!written) return written.error();
          mends = std::move(*written);
          if (mends.empty()) print("there is nothing that a policy can mend\n");
        } else {
          print(options.json ? doctor_json(all)
                             : doctor_text(all, options.verbose, terminal_of(stdout)));
        }
        const bool healthy = std::all_of(all.begin(), all.end(), [](const auto& one) {
          return one.severity == dsl::Severity::note;
        });
        return healthy ? Exit::clean : Exit::findings;
      });
  if (mends.empty()) return exit;
  Options plan = options;
  plan.arguments = {mends};
  plan.output.clear();
  if (!options.json) print(fmt::format("{} written; `gopol apply {}` makes this:\n", mends, mends));
  return plan_command(plan);
}

}  // namespace gopol::cli
