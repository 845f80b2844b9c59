#pragma once

#include <vector>

#include "engine/plan/evaluate.h"
#include "engine/plan/past.h"
#include "engine/plan/plan.h"

namespace gopol::engine {

/// A slot that gopol owns by this policy, and that the policy does not ask for on this machine now.
struct Unasked {
  Slot slot;
  const Owned* owned = nullptr;
  /// Why it is kept all the same: a rule may ask for it again on this very machine. Empty: no rule
  /// of the policy's text does, or each is false by facts that do not change here.
  dsl::Prose kept;
};

/// Pure. Stable are facts about the machine itself; not the network, the day, or what a policy can
/// change.
std::vector<Unasked> unasked(const dsl::Policy& policy, const dsl::Schemas& schemas,
                             const Desired& desired, const Facts& facts, const Past& past);

/// Adds an item for each: given back, kept, or unknown. What is as it was before gopol came, or was
/// changed by others since, goes into Plan::released.
void add_unasked(const std::vector<Unasked>& slots, const Facts& facts, const Past& past,
                 Plan& plan);

/// The value without what gopol put in, and with what it took out; what others did to a list since
/// stays. `now` is what is set: Absent where only a default shows through.
Value back_from(const Value& now, const Owned& owned);

/// The list `now`, without what a change from `was` to `became` put in and with what it took out;
/// nullopt if they are no lists.
std::optional<Value> list_back(const Value& now, const Value& was, const Value& became);

}  // namespace gopol::engine
