#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal/terminal.h"
#include "engine/record/journal.h"

namespace gopol::cli {

/// One change of a run, from what the journal says before and after it.
struct LoggedChange {
  enum class State { done, failed, begun };  ///< begun: killed, or still going on
  engine::JournalEntry intent;
  State state = State::begun;
  std::string detail;  ///< why it failed
};

struct LoggedRun {
  engine::JournalRun run;
  std::vector<LoggedChange> changes;
};

/// The runs of a journal, newest first; with a `slot` (`go.env.GOPROXY`, or a family) those that
/// changed it, and of them that alone.
std::vector<LoggedRun> runs_of(const engine::JournalContent& journal, std::string_view slot);

std::string log_text(const std::vector<LoggedRun>& runs, const Terminal& terminal);
/// {"schema":1,"runs":[{...,"changes":[...]}]}
std::string log_json(const std::vector<LoggedRun>& runs);

}  // namespace gopol::cli
