#include "engine/plan/guard.h"

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

Truth negate(Truth truth) { return truth == Truth::unknown ? truth : as_truth(truth == Truth::no); }

/// One element of a list; absent past its end.
Value element_of(const Value& value, std::uint32_t index) {
  if (const auto* chain = value.as<dsl::Chain>()) {
    return index < chain->links.size() ? Value(chain->links[index].text) : Value(dsl::Absent{});
  }
  const auto* list = value.as<dsl::List>();
  if (list == nullptr) return value;
  return index < list->items.size() ? Value(list->items[index]) : Value(dsl::Absent{});
}

}  // namespace

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
      allowed.globs = {atom.glob.text()};
      return as_truth(dsl::contains(allowed, value));
    }
    case Test::holds:
      if (atom.values.empty()) return as_truth(value.as<bool>() != nullptr && *value.as<bool>());
      return as_truth(holds_element(value, atom.values.front()));
    default: return as_truth(ordered(value, atom.values.front(), atom.test));
  }
}

Truth test_fact(const Atom& atom, const Value& value) {
  return test_atom(atom, atom.element ? element_of(value, *atom.element) : value);
}

Guards::Guards(const dsl::Policy& policy, const Facts& facts)
    : policy_(policy), facts_(facts), shared_(policy.guards.size()) {}

Truth Guards::evaluate(const Guard& guard) const {
  switch (guard.kind) {
    case Guard::Kind::always: return Truth::yes;
    case Guard::Kind::atom: {
      return test_fact(guard.atom, facts_.value(policy_.facts[guard.atom.fact]));
    }
    case Guard::Kind::negation: return negate(evaluate(guard.parts.front()));
    case Guard::Kind::all: {
      Truth out = Truth::yes;
      for (const Guard& part : guard.parts) out = std::min(out, evaluate(part));
      return out;
    }
    case Guard::Kind::any: {
      Truth out = Truth::no;
      for (const Guard& part : guard.parts) out = std::max(out, evaluate(part));
      return out;
    }
    case Guard::Kind::shared: {
      auto& known = shared_[guard.shared];
      if (!known) known = evaluate(policy_.guards[guard.shared]);
      return *known;
    }
  }
  return Truth::unknown;
}

std::vector<GuardReason> Guards::deciding(const Guard& guard, std::size_t most) const {
  std::vector<GuardReason> out;
  explain(guard, evaluate(guard), most, out);
  return out;
}

std::vector<GuardReason> Guards::reasons(const Guard& guard, std::size_t most) const {
  return evaluate(guard) == Truth::yes ? std::vector<GuardReason>{} : deciding(guard, most);
}

/// Collects the atoms that keep `guard` at `truth`.
void Guards::explain(const Guard& guard, Truth truth, std::size_t most,
                     std::vector<GuardReason>& out) const {
  if (out.size() >= most) return;
  switch (guard.kind) {
    case Guard::Kind::always: return;
    case Guard::Kind::atom: {
      const Slot& fact = policy_.facts[guard.atom.fact];
      out.push_back({guard.span, fact, facts_.value(fact)});
      return;
    }
    case Guard::Kind::negation: return explain(guard.parts.front(), negate(truth), most, out);
    case Guard::Kind::shared: return explain(policy_.guards[guard.shared], truth, most, out);
    case Guard::Kind::all:
    case Guard::Kind::any:
      for (const Guard& part : guard.parts) {
        if (evaluate(part) == truth) explain(part, truth, most, out);
      }
  }
}

}  // namespace gopol::engine
