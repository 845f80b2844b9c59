#include "cli/command/commands.h"
#include "cli/command/why_go.h"
#include "cli/command/why_module.h"
#include "cli/command/with_workspace.h"
#include "cli/print/why/slot.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/fact_names.h"
#include "cli/workspace/workspace.h"
#include "engine/plan/planning.h"
#include "engine/real/confine.h"

namespace gopol::cli {
namespace {

Exit why_slot(const Options& options) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    warn_of_plugins(workspace);
    const auto slot = parse_slot(options.arguments.front(), workspace.schemas);
    if (!slot) {
      report(slot.error(), workspace.sources);
      return Exit::usage;
    }
    Options policy = options;
    policy.arguments.erase(policy.arguments.begin());
    dsl::Diagnostics warnings;
    const auto loaded = load_policy(policy, workspace, warnings);
    if (!loaded) return loaded.error();
    engine::confine_to_reading();
    const auto ledger = load_ledger(workspace);
    if (!ledger) return ledger.error();
    auto planned = engine::plan_on(loaded->policy, workspace.world(),
                                   past_of(*loaded, options, workspace, &*ledger));
    if (!planned) return planned.error();
    if (planned->facts.find(*slot) == nullptr)
      planned->facts.add(engine::look(*slot, workspace.world()));
    print(why_text(*slot, *loaded, *planned, workspace));
    return Exit::clean;
  });
}

}  // namespace

Exit why_command(const Options& options) {
  if (options.arguments.front() == "go") return why_go(options);
  if (options.arguments.front() == "module") return why_module(options);
  if (!options.json) return why_slot(options);
  report({dsl::problem("P0001", "`gopol why SLOT` prints no JSON",
                       "`gopol plan --json` has every slot")},
         dsl::SourceMap());
  return Exit::usage;
}

}  // namespace gopol::cli
