#include "cli/command/commands.h"
#include "cli/print/journal_log.h"
#include "cli/terminal/exit_of.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/workspace.h"
#include "engine/record/state_folder.h"

namespace gopol::cli {
namespace {

dsl::Result<engine::JournalContent> journal_of(const Workspace& workspace) {
  const engine::Host& reading = *workspace.host;
  const auto file =
      reading.disk().real_path(engine::state_folder(reading.system()) / "journal.jsonl");
  if (!file) return file.error();
  return engine::read_journal(*file);
}

}  // namespace

Exit log_command(const Options& options) {
  Workspace workspace;
  auto opened = open_workspace(options, Access::read, workspace);
  if (!opened) {
    report(opened.error(), workspace.sources);
    return exit_of(opened.error());
  }
  const auto journal = journal_of(workspace);
  if (!journal) {
    report(journal.error(), workspace.sources);
    return exit_of(journal.error());
  }
  const auto runs = runs_of(*journal, options.arguments.empty() ? "" : options.arguments.front());
  print(options.json ? log_json(runs) : log_text(runs, terminal_of(stdout)));
  return Exit::clean;
}

}  // namespace gopol::cli
