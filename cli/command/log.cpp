#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/journal_log.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/undo_choice.h"

namespace gopol::cli {
Exit log_command(const Options& options) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    const auto journal = journal_of(workspace);
    if (!journal) return journal.error();
    const auto runs = runs_of(*journal, options.arguments.empty() ? "" : options.arguments.front());
    print(options.json ? log_json(runs) : log_text(runs, terminal_of(stdout)));
    return Exit::clean;
  });
}

}  // namespace gopol::cli
