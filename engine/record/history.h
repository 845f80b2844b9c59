#pragma once

#include <string>
#include <vector>

#include "engine/record/journal.h"

namespace gopol::engine {

/// A change that a run made, or had begun when it was killed, and what of it still stands.
struct MadeChange {
  JournalEntry intent;
  std::vector<PostImage> after;              ///< what it left; of a killed run what it was to leave
  std::vector<JournalEntry::Move> standing;  ///< those of its moves that nobody took back
  bool finished = false;                     ///< its run wrote down how it ended

  bool is_whole() const { return standing.size() == intent.moves.size(); }
  ChangeName name() const { return {intent.run, intent.change}; }
};

/// The changes of all runs of which something stands, the newest first. One that failed is among
/// them if it left a file other than it was.
std::vector<MadeChange> standing_changes(const JournalContent& journal);

}  // namespace gopol::engine
