#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/plan/provider.h"
#include "engine/record/history.h"

namespace gopol::engine {

/// Which changes are to be taken back; of these one is given, or none: those of the last run that
/// made any.
struct UndoChoice {
  std::string run;           ///< its name in the journal
  std::string rule;          ///< all that it made
  std::optional<Slot> slot;  ///< all that moved it
  bool all = false;          ///< everything that stands
  bool keep_trees = false;   ///< what was unpacked stays where it is
  bool purge_aside = false;  ///< what was moved aside goes, and does not come back
  /// Of a slot that is given back: what it was before gopol came, and what it is to be now.
  struct Back {
    Value before, target;
  };
  std::map<Slot, Back> give_back = {};
};

/// One step back.
struct UndoStep {
  enum class Way {
    files,    ///< its files become what they were, byte for byte: they are as gopol left them
    inverse,  ///< its slots are moved back; the files hold other changes since
    nothing,  ///< all is as it was before already
  };
  Way way = Way::files;
  std::vector<MadeChange> of;  ///< `files`: one
  Change back;                 ///< the slots, from what is to what was
  Prepared prepared;           ///< of an inverse
  std::string why;             ///< of an inverse: why not the files
  std::vector<Path> trees;     ///< of `files`: folders that the change made with all in them
  bool keeps_trees = false;    ///< they stay; else they go as a whole
  std::vector<Path> purged;    ///< what was moved aside, and goes for good
};

/// What cannot be taken back, or is not gopol's any more.
struct NotTakenBack {
  enum class Kind {
    one_way,  ///< nothing takes it back
    theirs,   ///< somebody changed it since
    failed,   ///< it could not be looked at, or its provider cannot say how: perhaps later
  };
  Slot slot;
  std::string why;
  Kind kind = Kind::failed;
};

struct UndoPlan {
  std::vector<UndoStep> steps;  ///< in the order they are made, the newest change first
  std::vector<NotTakenBack> left;
  bool empty() const { return steps.empty() && left.empty(); }
};

/// Finds what takes back the chosen changes. Reads only. Errors (P0001): no such run or rule, or
/// nothing that was done to the slot.
Result<UndoPlan> plan_undo(const UndoChoice& choice, const JournalContent& journal,
                           const Providers& providers, const Host& host);

}  // namespace gopol::engine
