#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dsl/policy/policy.h"
#include "engine/plan/guard.h"

namespace gopol::engine {

/// What a condition can tell apart of one fact: its domain cut at the constants that atoms compare
/// it with. Ordered constants leave gaps between them; texts leave one rest. Patterns and elements
/// of lists are true or false by themselves where no constant decides: an over-count that never
/// makes a scope look smaller or larger than it is.
class Cells {
 public:
  Cells(Slot fact, std::optional<std::uint32_t> element) : fact_(fact), element_(element) {}

  bool is_of(const Slot& fact, std::optional<std::uint32_t> element) const {
    return fact_ == fact && element_ == element;
  }
  void add(const dsl::Atom& atom);
  /// Cuts the domain; call once, when all atoms are known. False: too many cells to look at.
  bool cut();

  std::size_t count() const { return cells_.size(); }
  /// What an atom on this fact says of every value in a cell.
  Truth judge(const dsl::Atom& atom, std::size_t cell) const;

 private:
  enum class Kind : std::uint8_t { point, gap, rest, absent, unknown };
  struct Cell {
    Kind kind;
    std::size_t place = 0;     ///< of its constant; of the first constant above a gap
    std::uint32_t truths = 0;  ///< of `opaque_`, one bit each
  };
  using Opaque = std::pair<dsl::Atom::Test, Value>;

  void add_constant(const Value& value);
  bool sort();
  void add_with_truths(Kind kind, std::size_t place);
  std::size_t place_of(const Value& constant) const;
  Truth judge_gap(const dsl::Atom& atom, const Cell& cell) const;
  Truth judge_opaque(const dsl::Atom& atom, const Cell& cell) const;

  Slot fact_;
  std::optional<std::uint32_t> element_;
  std::vector<Value> constants_;
  std::vector<Opaque> opaque_;
  std::vector<Cell> cells_;
  bool asks_known_ = false, is_ordered_ = false;
};

}  // namespace gopol::engine
