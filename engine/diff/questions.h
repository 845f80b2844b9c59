#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dsl/policy/policy.h"
#include "engine/diff/raw_machine.h"
#include "engine/plan/facts.h"

namespace gopol::engine {

/// A number for all that a policy can tell of one fact's value: machines with the same numbers have
/// the same plan.
using Cell = std::uint32_t;

/// Finds texts by views of them.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};
template <class T>
using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

/// Everything that some policies ask of a machine, each slot once: what its conditions test, what
/// its rules permit. Reads a machine's values as cells; every spelling of a value is understood
/// once, however many machines have it. Keeps references to the policies.
class Questions {
 public:
  /// Adds what `policy` asks. Slots keep their numbers.
  void add(const dsl::Policy& policy);

  std::size_t count() const { return questions_.size(); }
  /// The number of a fact's slot, and of an assertion's (its key as it is written).
  std::size_t of_fact(const Slot& slot) const { return static_.at(slot); }
  std::size_t of_assertion(const dsl::Assertion& assertion) const;

  /// Reads a machine; `cells()` and `facts()` are about it until the next.
  void read(const RawMachine& machine);
  const std::vector<Cell>& cells() const { return cells_; }
  /// The same machine's values, understood: of all slots that are asked for.
  Facts facts() const;

 private:
  struct Question {
    Slot slot;  ///< of an interpolated key: as it is written
    std::vector<const dsl::Atom*> atoms;
    std::vector<const dsl::Assertion*> assertions;
    bool interpolated = false;  ///< its key is
    bool by_text = false;       ///< a day: every value is a cell of its own
    bool is_filled = false;     ///< what is permitted depends on the machine's own texts
    ByText<Cell> known;         ///< by spelling
    ByText<Cell> cells;         ///< by what is told apart
  };

  std::size_t question(const Slot& slot, bool interpolated);
  void add_guard(const dsl::Guard& guard, const dsl::Policy& policy);
  std::size_t number_of(std::string_view slot);
  void read_interpolated(const RawMachine& machine);
  Cell cell_of(Question& question, const RawFact& fact);
  std::string told_apart(const Question& question, const RawFact& fact) const;

  std::vector<Question> questions_;
  std::unordered_map<Slot, std::size_t, dsl::SlotHash> static_, interpolated_;
  ByText<std::size_t> numbers_;  ///< of slots, by spelling

  std::vector<Cell> cells_;
  std::vector<RawFact> values_;
  std::vector<Slot> slots_;  ///< of this machine: keys filled in
  Facts stable_;             ///< what is filled in, of this machine
  std::string stable_text_;
};

}  // namespace gopol::engine
