#include <fmt/format.h>

#include <utility>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/import_text.h"
#include "cli/workspace/policy_file.h"
#include "cli/workspace/workspace.h"
#include "dsl/check/check.h"
#include "dsl/syntax/format.h"
#include "dsl/syntax/parse.h"
#include "engine/plan/planning.h"
#include "engine/real/confine.h"

namespace gopol::cli {
namespace {

/// The policy in the one format, proved: it checks, and a plan on the same machine is empty.
dsl::Result<std::string> proved(const std::string& text, Workspace& workspace) {
  dsl::Diagnostics found;
  const auto id = workspace.sources.add("import.policy", text);
  dsl::Tree tree = dsl::parse(id, workspace.sources, found);
  if (dsl::has_errors(found)) return found;
  auto policy = dsl::check(std::span(&tree, 1), workspace.schemas, found);
  if (!policy) return policy.error();
  const engine::Host& reading = *workspace.host;
  const auto planned =
      engine::plan_on(*policy, workspace.schemas, workspace.providers, reading, engine::Ledger{});
  if (!planned) return planned.error();
  if (!planned->plan.problems.empty()) return planned->plan.problems;
  for (const engine::Item& item : planned->plan.items) {
    if (item.state != engine::ItemState::change) continue;
    found.push_back(dsl::problem("R4004", item.place,
                                 fmt::format("`{}` was read as {}, and a plan would change it",
                                             dsl::to_text(item.slot), dsl::to_text(item.current)),
                                 "read here", "please report this"));
  }
  if (!found.empty()) return found;
  return dsl::format(tree);
}

}  // namespace

Exit import_command(const Options& options) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    std::string text;
    dsl::Result<std::string> policy = std::string();
    engine::run_confined([&] {
      engine::Facts facts;
      const engine::Host& reading = *workspace.host;
      text = import_text(workspace.providers, reading, facts);
      policy = proved(text, workspace);
    });
    if (!policy) return policy.error();
    if (options.output.empty()) {
      print(*policy);
      return Exit::clean;
    }
    if (auto written = write_policy(options.output, *policy); !written) return written.error();
    print(fmt::format("{} written; `gopol plan {}` shows that it changes nothing here\n",
                      options.output, options.output));
    return Exit::clean;
  });
}

}  // namespace gopol::cli
