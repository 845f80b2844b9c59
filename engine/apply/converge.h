#pragma once

#include <functional>
#include <optional>
#include <string>

#include "engine/apply/apply.h"
#include "engine/apply/take_back.h"
#include "engine/plan/planning.h"
#include "engine/real/confine.h"
#include "engine/record/journal.h"

namespace gopol::engine {

/// What a run is to make so, and the names under which it is recorded.
struct ConvergeRequest {
  const dsl::Policy& policy;
  const dsl::Schemas& schemas;
  const Providers& providers;
  Host& host;
  Path state;                    ///< the folder of journal, ledger and lock, as the host names it
  const Plan* agreed = nullptr;  ///< what a saved plan allows; nullptr: there is no saved plan
  std::string policy_name, commit;             ///< `commit` is empty for a local file
  RootStart root = {};                         ///< none: what needs root waits for an administrator
  std::chrono::seconds keep_old = usual_keep;  ///< contents of files, so that undo is exact
  Past past = {};  ///< how to treat it; ledger and time are the run's own
};

/// What a run asks and says. All are optional but `consent`: without it nothing is changed.
struct ConvergeCallbacks {
  /// The plan that consent is asked for, and what kept it from writing.
  std::function<void(const Planned&, const Confinement&)> show = {};
  /// Whether the shown changes may be made. Errors end the run as `false` does, nothing touched.
  std::function<Result<bool>(const Planned&)> consent = {};
  /// A change that a killed run had begun, and that this run takes over.
  std::function<void(const JournalEntry&)> take_over = {};
  /// Before each change (no outcome) and after it.
  std::function<void(const PlannedChange&, const Outcome*)> tell = {};
  std::function<void(const UndoOutcome&)> tell_back = {};           ///< after each step back
  std::function<std::string(dsl::SourceSpan)> place = {};           ///< file:line, for the journal
  std::function<const BlameCommit*(dsl::SourceSpan)> written = {};  ///< nullptr: not known
};

/// How a run ended.
struct Convergence {
  enum class Ending {
    unchanged,  ///< nothing was to be changed
    declined,   ///< consent was not given
    applied,    ///< changes were tried: see `report`
  };
  Ending ending = Ending::unchanged;
  Report report;                   ///< of applied
  std::size_t not_given_back = 0;  ///< of applied: slots and steps that failed
  /// What is left to do. Of `unchanged` and `declined` the plan that was shown; of `applied` one
  /// made afterwards, or nullopt if that could not be made.
  std::optional<Planned> left;
  dsl::Diagnostics errors;  ///< of applied: what could not be planned again or recorded

  /// Everything was made, is recorded, and a second plan is empty.
  bool converged() const;
};

/// Makes the machine what the policy says: plans, shows the plan and asks; then, with the lock
/// held, plans again (what was shown must still be what would be done), takes over what a killed
/// run had begun, records what was there before, applies, plans a last time, and records what
/// holds. What no rule asks for any more is given back after the changes, as `undo` would take it
/// back. Plans are made without the right to write. Prints nothing. Errors are those before the
/// first touch of the machine: of planning and of the records; R4006 if the plan is not what was
/// agreed to; R4101 if another run has the lock; those of `consent`.
Result<Convergence> converge(const ConvergeRequest& request, const ConvergeCallbacks& callbacks);

}  // namespace gopol::engine
