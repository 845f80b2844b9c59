#include "engine/guard.h"

#include <algorithm>

namespace gopol::engine {
namespace {

using dsl::Atom;
using dsl::Guard;
using Test = dsl::Atom::Test;

Truth as_truth(bool value) { return value ? Truth::yes : Truth::no; }

bool ordered(const Value& value, const Value& constant, Test test) {
  const auto place = dsl::order(value, constant);
  if (!place) return false;
  switch (test) {
    case Test::less: return *place < 0;
    case Test::less_equal: return *place <= 0;
    case Test::greater: return *place > 0;
    default: return *place >= 0;
  }
}

bool holds_element(const Value& value, const Value& element) {
  const auto* text = element.as<std::string>();
  const auto* list = value.as<dsl::List>();
  const auto* set = value.as<dsl::Set>();
  if (text == nullptr || (list == nullptr && set == nullptr)) return false;
  const auto& items = list != nullptr ? list->items : set->items;
  return std::find(items.begin(), items.end(), *text) != items.end();
}

Truth test_atom(const Atom& atom, const Value& value) {
  if (atom.test == Test::known) return as_truth(!value.is_unknown());
  if (value.is_unknown()) return Truth::unknown;
  if (atom.test == Test::present) return as_truth(!value.is_absent());
  if (value.is_absent()) return Truth::no;
  switch (atom.test) {
    case Test::equal: return as_truth(value == atom.values.front());
    case Test::in: {
      dsl::Allowed allowed;
      allowed.range = atom.range;
      if (!atom.range) allowed.one_of = atom.values;
      return as_truth(dsl::contains(allowed, value));
    }
    case Test::matches: {
      dsl::Allowed allowed;
      allowed.globs = {atom.glob};
      return as_truth(dsl::contains(allowed, value));
    }
    case Test::holds:
      if (atom.values.empty()) return as_truth(value.as<bool>() != nullptr && *value.as<bool>());
      return as_truth(holds_element(value, atom.values.front()));
    default: return as_truth(ordered(value, atom.values.front(), atom.test));
  }
}

Truth negate(Truth truth) { return truth == Truth::unknown ? truth : as_truth(truth == Truth::no); }

/// The atoms below a guard that is not `yes` and that have the value which decided it.
struct Evaluation {
  const std::vector<Slot>& names;
  const Facts& facts;
  std::vector<GuardReason>* reasons;

  Truth value_of(const Guard& guard) const {
    switch (guard.kind) {
      case Guard::Kind::always: return Truth::yes;
      case Guard::Kind::atom: return test_atom(guard.atom, facts.value(names[guard.atom.fact]));
      case Guard::Kind::negation: return negate(value_of(guard.parts.front()));
      case Guard::Kind::all: {
        Truth out = Truth::yes;
        for (const Guard& part : guard.parts) out = std::min(out, value_of(part));
        return out;
      }
      case Guard::Kind::any: {
        Truth out = Truth::no;
        for (const Guard& part : guard.parts) out = std::max(out, value_of(part));
        return out;
      }
    }
    return Truth::unknown;
  }

  /// Collects the atoms that keep `guard` at `truth`.
  void explain(const Guard& guard, Truth truth) const {
    switch (guard.kind) {
      case Guard::Kind::always: return;
      case Guard::Kind::atom: {
        const Slot& fact = names[guard.atom.fact];
        reasons->push_back({guard.span, fact, facts.value(fact)});
        return;
      }
      case Guard::Kind::negation: return explain(guard.parts.front(), negate(truth));
      case Guard::Kind::all:
      case Guard::Kind::any:
        for (const Guard& part : guard.parts) {
          if (value_of(part) == truth) explain(part, truth);
        }
    }
  }
};

}  // namespace

Truth evaluate(const Guard& guard, const std::vector<Slot>& names, const Facts& facts,
               std::vector<GuardReason>* reasons) {
  const Evaluation evaluation{names, facts, reasons};
  const Truth truth = evaluation.value_of(guard);
  if (reasons != nullptr && truth != Truth::yes) evaluation.explain(guard, truth);
  return truth;
}

}  // namespace gopol::engine
