#pragma once

#include "engine/plan/plan.h"

namespace gopol::engine {

/// A machine and who knows it: what a plan is made from beside the policy. Borrows all three.
struct World {
  const Providers& providers;
  const dsl::Schemas& schemas;  ///< of the providers
  const Host& host;
};

/// What one slot is now; Unknown if nobody knows it.
Observation look(const Slot& slot, const World& world);

/// A plan and everything it was made from.
struct Planned {
  Facts facts;
  Desired desired;
  Plan plan;
};

/// Observes what the policy names and nothing else, first what guards read, then what applying
/// rules assert and what gopol owns; evaluates; plans; asks the providers what the changes would
/// write. What cannot be made is the state of its items (Plan::problems). Errors: P3010, see
/// make_plan.
Result<Planned> plan_on(const dsl::Policy& policy, const World& world, const Past& past);

/// The same from recorded facts: no host, so changes are not prepared.
Result<Planned> plan_from(const dsl::Policy& policy, const dsl::Schemas& schemas, Facts facts,
                          const Past& past);

}  // namespace gopol::engine
