#include <fmt/format.h>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/facts_text.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/fact_names.h"
#include "cli/workspace/machine/recorded_facts.h"
#include "cli/workspace/snapshot.h"
#include "engine/host/read_once.h"

namespace gopol::cli {

Exit facts_command(const Options& options) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    warn_of_plugins(workspace);
    const engine::Host reading = engine::read_once(*workspace.host);
    const engine::World world{workspace.providers, workspace.schemas, reading};
    const auto slots = slots_named(options.arguments, world);
    if (!slots) {
      report(slots.error(), workspace.sources);
      return Exit::usage;
    }
    const auto facts = gathered_facts(*slots, options, world, workspace);
    if (!facts) return facts.error();
    if (options.record.empty()) {
      print(options.json ? snapshot_text(fit_to_show(*facts)) : facts_text(*facts));
      return Exit::clean;
    }
    if (auto written = record_facts(*facts, options, workspace); !written) return written.error();
    print(fmt::format("{} facts recorded in {}\n", facts->all().size(), options.record));
    return Exit::clean;
  });
}

}  // namespace gopol::cli
