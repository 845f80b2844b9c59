#include <fmt/format.h>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/guide_text.h"
#include "cli/terminal/terminal.h"
#include "engine/real/confine.h"

namespace gopol::cli {
namespace {

Exit conclude(const Goal& goal, const engine::Observation& seen) {
  if (goal.reached(seen.value)) {
    print(fmt::format("done: {} is {}\n", dsl::to_text(goal.slot), dsl::to_text(seen.value)));
    return Exit::clean;
  }
  return seen.value.is_known() || seen.value.is_absent() ? Exit::pending : Exit::unknown_left;
}

Exit guide_to(const Goal& goal, const engine::Guide& guide, const Options& options,
              const engine::World& world) {
  const engine::Observation seen = engine::look(goal.slot, world);
  if (goal.reached(seen.value)) return conclude(goal, seen);
  print(guide_text(goal, seen, guide));
  if (!guide.blind.empty()) {
    print("nothing will show here when it is done: " + guide.blind + "\n");
    return conclude(goal, seen);
  }
  const auto patience = patience_of(options, terminal_of(stdout).is_terminal);
  if (patience.count() > 0) print("waiting until it is; Ctrl-C ends this\n");
  return conclude(
      goal, wait_for(goal, seen, patience, world, [](const auto& next) { print(now_text(next)); }));
}

}  // namespace

Exit guide_command(const Options& options) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    const auto slot = slot_to_guide(options.arguments.front(), workspace.schemas);
    if (!slot) {
      report(slot.error(), workspace.sources);
      return Exit::usage;
    }
    const engine::World world = workspace.world();
    const auto* provider = engine::provider_of(world.providers, slot->family);
    if (!provider->guide(*slot, {}, world.host)) {
      print(now_text(engine::look(*slot, world)));
      return no_steps(*slot);
    }
    const auto goal = goal_of(options, *slot, workspace);
    if (!goal) return goal.error();
    engine::confine_to_reading();  // from here on it only looks, perhaps for hours
    return guide_to(*goal, *provider->guide(*slot, goal->allowed, world.host), options, world);
  });
}

}  // namespace gopol::cli
