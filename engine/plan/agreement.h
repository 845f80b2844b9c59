#pragma once

#include <cstdint>

#include "engine/plan/plan.h"

namespace gopol::engine {

/// What a person agrees to in one line of a plan, and what it rests on.
struct Agreement {
  Slot slot;
  ItemState state = ItemState::ok;
  Value current, target;
  dsl::Allowed allowed;
  dsl::Name rule;
  dsl::Demands demands = {};
  bool gives_back = false;  ///< what the machine had before: no rule asks for it
};

Agreement agreement_of(const Item& item, const dsl::Policy& policy);

/// The first thing in which two agreements about one slot are not the same.
enum class Disagreement : std::uint8_t { none, current, state, target, rule, demands };

/// Compares values, never what is printed of them. An unknown value is as another: why it is
/// unknown was not agreed to.
Disagreement disagreement(const Agreement& was, const Agreement& is);

/// Whether what was agreed to is what would be done: both plans have the same slots, and no two
/// agreements differ. The policy is that of both.
bool same_agreement(const Plan& was, const Plan& is, const dsl::Policy& policy);

}  // namespace gopol::engine
