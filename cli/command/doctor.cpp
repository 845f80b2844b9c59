#include <fmt/format.h>

#include <algorithm>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/doctor_report.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/machine/examine.h"
#include "cli/workspace/machine/mending_policy.h"

namespace gopol::cli {
namespace {

providers::Ailments found(Workspace& workspace) {
  providers::Ailments all = examine(workspace);
  for (const dsl::Diagnostic& error : workspace.plugin_errors)
    all.push_back({dsl::Severity::warning, error.message, error.help});
  return all;
}

}  // namespace

Exit doctor_command(const Options& options) {
  std::string mends;
  const Exit exit =
      with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
        const auto all = found(workspace);
        if (options.fix) {
          auto written = write_mending_policy(all, options.output);
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
