#pragma once

#include <functional>
#include <optional>

#include "engine/apply/take_back.h"
#include "engine/real/confine.h"

namespace gopol::engine {

struct UndoRequest {
  UndoChoice choice;
  const Providers& providers;
  Host& host;
  Path state;  ///< the folder of journal, ledger and lock, as the host names it
  /// Folders that go once all is back that can be: gopol leaves the machine.
  std::vector<Path> leaves = {};
  RootStart root = {};  ///< none: what needs root waits for an administrator
};

/// What an undo asks and says. Without `consent` nothing is changed.
struct UndoCallbacks {
  std::function<void(const UndoPlan&, const Confinement&)> show = {};
  std::function<Result<bool>(const UndoPlan&)> consent = {};
  std::function<void(const JournalEntry&)> take_over =
      {};                                             ///< a change that a killed run had begun
  std::function<void(const UndoOutcome&)> tell = {};  ///< after each step
};

/// How an undo ended.
struct Undone {
  enum class Ending { nothing, declined, made };
  Ending ending = Ending::nothing;
  std::vector<NotTakenBack> left = {};
  std::size_t made = 0;          ///< steps
  std::size_t failed = 0;        ///< steps
  std::size_t waits = 0;         ///< steps that wait for an administrator
  bool has_left = false;         ///< the folders of UndoRequest::leaves are gone
  dsl::Diagnostics errors = {};  ///< what could not be recorded, or removed
};

/// Takes back what runs of gopol did here: plans it, shows it and asks; then, with the lock held,
/// plans again (what was shown must still be what would be done) and makes one step after the
/// other, each journalled before and after like a change of `apply`. The ledger forgets what is
/// back, and holds it: the next `apply` leaves it alone, unless a person makes it. A step that
/// fails takes no other one down. Errors are those before the first touch: R4006 if the machine
/// moved meanwhile, R4101 if another run has the lock, those of plan_undo, of the records and of
/// `consent`.
Result<Undone> undo(const UndoRequest& request, const UndoCallbacks& callbacks);

}  // namespace gopol::engine
