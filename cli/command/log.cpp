#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/journal_log.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/workspace.h"
#include "engine/record/state_folder.h"

namespace gopol::cli {
namespace {

dsl::Result<engine::JournalContent> journal_of(const Workspace& workspace) {
  const engine::Host& reading = *workspace.host;
  const auto file =
      reading.disk().real_path(engine::journal_file(engine::state_folder(reading.system())));
  if (!file) return file.error();
  return engine::read_journal(*file);
}

}  // namespace

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
