#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/encoding/texts_apart.h"
#include "engine/plan/provider.h"

namespace gopol::engine {

/// What gopol knows of a slot that it has converged, or begun to.
struct Owned {
  /// What the policy asserted last and what the slot was when it last converged; nothing: it never
  /// did, or `as_text` has it.
  std::optional<dsl::Allowed> allowed;
  std::optional<Value> value;
  std::chrono::system_clock::time_point when;  ///< of that; whole seconds are kept
  std::string rule;
  Value before;  ///< what was there before gopol first touched it; Absent included
  std::vector<std::string> added;  ///< the elements of an `includes` that gopol put in
  std::string policy = {};         ///< the one that wanted it last, by name; empty: not known
  dsl::Demands demands = {};       ///< what its changes took
  std::string stays = {};          ///< why it cannot be given back; empty: nobody tried in vain
  /// `allowed` and `value` as version 1 of the file kept them; goes when values are put.
  struct AsText {
    std::string allowed, value;
  };
  std::optional<AsText> as_text = {};

  bool has_held() const;                           ///< it converged, not only began
  bool asserted(const dsl::Allowed& other) const;  ///< the policy asserted this last
  bool held(const Value& other) const;             ///< it converged to this
};

/// A slot that somebody took back: left alone for a while, though a policy wants it otherwise.
struct Hold {
  std::chrono::system_clock::time_point since;  ///< whole seconds are kept
  std::string rule, policy;                     ///< that had wanted it
  std::string version;                          ///< of the policy: another one ends the hold
  bool operator==(const Hold&) const = default;
};

/// Which slots gopol owns. A cause of a change, drift or policy, is told from it; a rule that goes
/// away gives back what was before. One file, replaced as a whole, only if something changed.
class Ledger {
 public:
  /// A missing file is an empty ledger. A broken one is R4102: without it gopol would forget what
  /// it owns.
  static Result<Ledger> load(const Disk& disk, const Path& file);

  const Owned* find(const Slot& slot) const;
  const std::map<Slot, Owned>& slots() const { return slots_; }
  /// Of a slot it knows, the first `before` stays.
  void put(const Slot& slot, Owned owned);
  void remove(const Slot& slot);

  const Hold* hold(const Slot& slot) const;
  const std::map<Slot, Hold>& holds() const { return holds_; }
  void put_hold(const Slot& slot, Hold hold);
  void remove_hold(const Slot& slot);

  /// The version of a policy that was applied last; empty: none was.
  std::string version_of(const std::string& policy) const;
  void note_version(const std::string& policy, const std::string& version);

  /// What a file held that is kept in `old` beside the ledger: values that lie in it and may hold
  /// a secret are not written again.
  void know_old(const std::string& bytes);
  /// What of `old` the ledger needs, by name.
  std::set<std::string> old_names() const;

  bool changed() const { return changed_; }
  /// Writes nothing if nothing changed. What was before and may hold a secret comes to `old`, if
  /// it is not there yet.
  Result<Done> save(Disk& disk, const Path& file);
  /// The file's text: the same ledger gives the same bytes.
  std::string text() const;

 private:
  std::map<Slot, Owned> slots_;
  std::map<Slot, Hold> holds_;
  Result<Done> put_apart(Disk& disk, const Path& folder);
  std::optional<std::string> fetch_old(const Disk& disk, const Path& file, const std::string& name);

  std::map<std::string, std::string> versions_;  ///< by policy
  detail::TextsApart apart_;
  bool changed_ = false;
};

}  // namespace gopol::engine
