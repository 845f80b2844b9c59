#include "cli/command/take_back.h"

#include <utility>

#include "cli/command/with_workspace.h"
#include "cli/print/plan/undo_talk.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/root/root_part.h"
#include "engine/config/config.h"

namespace gopol::cli {

namespace {

dsl::Result<Exit> take_back_choice(const Options& options, Workspace& workspace,
                                   engine::UndoChoice choice, bool leaves) {
  const engine::System& system = workspace.host->system();
  engine::UndoRequest request{std::move(choice), workspace.providers, *workspace.host,
                              engine::state_folder(system)};
  if (leaves) request.leaves = {engine::cache_folder(system), engine::state_folder(system)};
  StartedRoot none;
  request.root = root_start(options, workspace, none);
  const auto undone = engine::undo(request, undo_callbacks(options, workspace));
  if (!undone) return undone.error();
  return conclude(*undone, leaves, workspace);
}

}  // namespace

dsl::Result<Exit> take_back_run(const Options& options, Workspace& workspace,
                                const std::string& run) {
  engine::UndoChoice choice;
  choice.run = run;
  return take_back_choice(options, workspace, std::move(choice), false);
}

Exit take_back(const Options& options, Choosing choose, bool leaves) {
  if (!options.machine.empty() && !options.in_place) {
    report({dsl::problem("P0001", "a recorded machine keeps what an apply did only `--in-place`",
                         "give `--in-place` to change its files")},
           dsl::SourceMap());
    return Exit::usage;
  }
  return with_workspace(options, Access::write, [&](Workspace& workspace) -> dsl::Result<Exit> {
    auto choice = choose(options, workspace);
    if (!choice) return choice.error();
    return take_back_choice(options, workspace, std::move(*choice), leaves);
  });
}

}  // namespace gopol::cli
