#include "cli/workspace/undo_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "dsl/syntax/slot.h"
#include "engine/config/config.h"
#include "engine/encoding/moment.h"
#include "engine/record/state_folder.h"

namespace gopol::cli {
namespace {

/// The runs that changed something and that `text` names, whole or by the beginning of their date.
std::vector<std::string> runs_named(const std::string& text,
                                    const engine::JournalContent& journal) {
  std::vector<std::string> out;
  for (const engine::JournalRun& run : journal.runs) {
    if (run.command == "undo") continue;
    if (run.run == text) return {run.run};
    if (engine::moment_text(run.begun).starts_with(text)) out.push_back(run.run);
  }
  return out;
}

bool is_rule(const std::string& text, const engine::JournalContent& journal) {
  return std::any_of(journal.entries.begin(), journal.entries.end(),
                     [&](const auto& entry) { return entry.rule == text; });
}

}  // namespace

dsl::Result<engine::JournalContent> journal_of(const Workspace& workspace) {
  const engine::Host& reading = *workspace.host;
  const auto file =
      reading.disk().real_path(engine::journal_file(engine::state_folder(reading.system())));
  if (!file) return file.error();
  return engine::read_journal(*file);
}

dsl::Result<engine::UndoChoice> undo_choice(const Options& options, const Workspace& workspace) {
  engine::UndoChoice out;
  if (options.arguments.empty()) return out;
  const std::string& text = options.arguments.front();
  const auto journal = journal_of(workspace);
  if (!journal) return journal.error();
  const auto runs = runs_named(text, *journal);
  if (runs.size() > 1) {
    return dsl::problem("P0001", fmt::format("{} runs begin with `{}`", runs.size(), text),
                        "give more of the date, as `gopol log` shows it");
  }
  if (runs.size() == 1) {
    out.run = runs.front();
  } else if (is_rule(text, *journal)) {
    out.rule = text;
  } else if (auto slot = dsl::parse_slot(text, workspace.schemas)) {
    out.slot = std::move(*slot);
  } else {
    return dsl::problem("P0001",
                        fmt::format("`{}` is no run, rule or slot that gopol changed here", text),
                        "`gopol log` shows what was changed");
  }
  return out;
}

}  // namespace gopol::cli
