#include "cli/command/commands.h"
#include "cli/command/converge_here.h"
#include "cli/command/killed_run.h"
#include "cli/command/take_back.h"
#include "cli/command/with_workspace.h"
#include "cli/terminal/exit_of.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/root/root_part.h"

namespace gopol::cli {

Exit apply_command(const Options& options) {
  if (options.in_place && options.machine.empty()) {
    report({dsl::problem("P0001", "`--in-place` goes with `--machine`", "")}, dsl::SourceMap());
    return Exit::usage;
  }
  StartedRoot started;
  if (!options.as_user.empty()) {
    if (auto became = become_user(options, started); !became) {
      report(became.error(), dsl::SourceMap());
      return exit_of(became.error());
    }
  }
  Options mine = options;
  mine.end_holds = options.end_holds || is_person();
  return with_workspace(options, Access::write, [&](Workspace& workspace) -> dsl::Result<Exit> {
    dsl::Diagnostics warnings;
    report(workspace.plugin_errors, workspace.sources);
    const auto killed = killed_run(options, workspace);
    if (!killed) return killed.error();
    switch (killed->answer) {
      case KilledRun::Answer::none:
      case KilledRun::Answer::finish: break;
      case KilledRun::Answer::take_back: return take_back_run(options, workspace, killed->run);
      case KilledRun::Answer::neither: print("nothing was changed\n"); return Exit::pending;
    }
    const auto asked = load_to_apply(options, workspace, warnings);
    report(warnings, workspace.sources);
    if (!asked) return asked.error();
    Exit out = converge_here(mine, workspace, *asked, root_start(options, workspace, started));
    if (asked->refused) out = worse(out, Exit::not_converged);
    return worse(out, exit_of(workspace.plugin_errors));
  });
}

}  // namespace gopol::cli
