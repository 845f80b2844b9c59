#include "cli/command/killed_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "cli/terminal/terminal.h"
#include "cli/workspace/undo_choice.h"

namespace gopol::cli {
namespace {

std::string question_on(const std::vector<engine::JournalEntry>& begun) {
  std::vector<std::string> families;
  for (const engine::JournalEntry& entry : begun) {
    if (std::find(families.begin(), families.end(), entry.family) == families.end())
      families.push_back(entry.family);
  }
  return fmt::format(
      "An earlier run was killed while it changed {}. Finish it, or take it back? [f/t] ",
      presentable(fmt::format("{}", fmt::join(families, ", ")), 200));
}

}  // namespace

dsl::Result<KilledRun> killed_run(const Options& options, const Workspace& workspace) {
  using Choice = KilledRun::Answer;
  const auto journal = journal_of(workspace);
  if (!journal) return journal.error();
  const auto begun = journal->unfinished();
  if (begun.empty()) return KilledRun{};
  const std::string& run = begun.back().run;
  if (options.killed == "take-back") return KilledRun{Choice::take_back, run};
  if (!options.killed.empty() || options.yes || !is_person()) return KilledRun{Choice::finish, run};
  switch (ask_which(question_on(begun), "ft")) {
    case 'f': return KilledRun{Choice::finish, run};
    case 't': return KilledRun{Choice::take_back, run};
    default: return KilledRun{Choice::neither, run};
  }
}

}  // namespace gopol::cli
