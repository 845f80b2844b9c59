#include "engine/diff/cells.h"

#include <algorithm>
#include <utility>

namespace gopol::engine {
namespace {

using dsl::Atom;
using Test = dsl::Atom::Test;

constexpr std::size_t most_opaque = 6;

Truth as_truth(bool value) { return value ? Truth::yes : Truth::no; }

/// The pattern or the element that an atom asks for.
Value asked(const Atom& atom) {
  return atom.test == Test::matches ? Value(atom.glob.text()) : atom.values.front();
}

}  // namespace

void Cells::add(const Atom& atom) {
  const bool element = atom.test == Test::holds && !atom.values.empty();
  if (element || atom.test == Test::matches) {
    const Opaque one{atom.test, asked(atom)};
    if (std::find(opaque_.begin(), opaque_.end(), one) == opaque_.end()) opaque_.push_back(one);
    return;
  }
  if (atom.test == Test::known) asks_known_ = true;
  if (atom.test == Test::holds) add_constant(Value(true));
  for (const Value& value : atom.values) add_constant(value);
  if (!atom.range) return;
  for (const auto& end : {atom.range->low, atom.range->high}) {
    if (end) add_constant(end->value);
  }
}

void Cells::add_constant(const Value& value) {
  if (std::find(constants_.begin(), constants_.end(), value) == constants_.end())
    constants_.push_back(value);
}

/// Whether all constants have a place in one order; they stand in it then.
bool Cells::sort() {
  if (constants_.empty() || !dsl::order(constants_.front(), constants_.front())) return false;
  for (const Value& value : constants_) {
    if (!dsl::order(constants_.front(), value)) return false;
  }
  std::sort(constants_.begin(), constants_.end(),
            [](const Value& a, const Value& b) { return *dsl::order(a, b) < 0; });
  return true;
}

bool Cells::cut() {
  if (opaque_.size() > most_opaque) return false;
  is_ordered_ = sort();
  for (std::size_t i = 0; i < constants_.size(); ++i) {
    if (is_ordered_) add_with_truths(Kind::gap, i);
    cells_.push_back({Kind::point, i, 0});
  }
  add_with_truths(is_ordered_ ? Kind::gap : Kind::rest, constants_.size());
  cells_.push_back({Kind::absent, 0, 0});
  if (asks_known_) cells_.push_back({Kind::unknown, 0, 0});
  return true;
}

void Cells::add_with_truths(Kind kind, std::size_t place) {
  for (std::uint32_t truths = 0; truths < (1U << opaque_.size()); ++truths)
    cells_.push_back({kind, place, truths});
}

std::size_t Cells::place_of(const Value& constant) const {
  return static_cast<std::size_t>(std::find(constants_.begin(), constants_.end(), constant) -
                                  constants_.begin());
}

Truth Cells::judge(const Atom& atom, std::size_t index) const {
  const Cell& cell = cells_[index];
  switch (cell.kind) {
    case Kind::unknown: return test_atom(atom, dsl::Unknown{});
    case Kind::absent: return test_atom(atom, dsl::Absent{});
    case Kind::point: return test_atom(atom, constants_[cell.place]);
    case Kind::gap:
    case Kind::rest: break;
  }
  switch (atom.test) {
    case Test::known:
    case Test::present: return Truth::yes;
    case Test::equal: return Truth::no;
    case Test::matches: return judge_opaque(atom, cell);
    case Test::holds: return atom.values.empty() ? Truth::no : judge_opaque(atom, cell);
    default: return cell.kind == Kind::gap ? judge_gap(atom, cell) : Truth::no;
  }
}

/// An order test, or a range, of all values between two constants.
Truth Cells::judge_gap(const Atom& atom, const Cell& cell) const {
  const auto above = [&](const Value& constant) { return place_of(constant) < cell.place; };
  switch (atom.test) {
    case Test::less:
    case Test::less_equal: return as_truth(!above(atom.values.front()));
    case Test::greater:
    case Test::greater_equal: return as_truth(above(atom.values.front()));
    default: break;
  }
  if (!atom.range) return Truth::no;
  const auto& [low, high] = *atom.range;
  return as_truth((!low || above(low->value)) && (!high || !above(high->value)));
}

Truth Cells::judge_opaque(const Atom& atom, const Cell& cell) const {
  const Opaque one{atom.test, asked(atom)};
  const auto at = std::find(opaque_.begin(), opaque_.end(), one) - opaque_.begin();
  return as_truth((cell.truths >> static_cast<unsigned>(at) & 1U) != 0);
}

}  // namespace gopol::engine
