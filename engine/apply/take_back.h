#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "engine/apply/undo_plan.h"
#include "engine/apply/undo_root.h"
#include "engine/plan/ledger.h"

namespace gopol::engine {

/// What became of one step.
struct UndoOutcome {
  const UndoStep& step;
  dsl::Diagnostics why;  ///< empty: the slots are back
  bool waits = false;    ///< for an administrator, `why` says why; nothing was tried
};

/// How many steps were not made.
struct NotMade {
  std::size_t failed = 0;
  std::size_t waits = 0;  ///< for an administrator
};

/// Where steps back are made, and written down.
struct TakeBack {
  const Providers& providers;
  Host& host;
  Journal& journal;
  RootAccess& root;
  std::string run;                                    ///< a run that the journal knows
  std::function<void(const UndoOutcome&)> tell = {};  ///< after each step
  std::uint64_t first = 0;                            ///< the number of the run's next change
};

/// Makes the steps of a plan one after the other, each journalled before and after like a change of
/// `apply`. A step that fails takes no other one down.
NotMade take_back(const UndoPlan& plan, const TakeBack& with);

/// gopol owns no slot any more of whose changes none stands. Of another that was moved it knows no
/// more what it was when it last converged.
void forget(const UndoPlan& plan, const JournalContent& journal, Ledger& ledger);

/// Holds the slots of the steps that were made. Before `forget`, which no more knows whose they
/// were.
void hold(const UndoPlan& plan, const JournalContent& journal,
          std::chrono::system_clock::time_point now, Ledger& ledger);

}  // namespace gopol::engine
