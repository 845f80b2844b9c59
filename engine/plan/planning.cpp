#include "engine/plan/planning.h"

#include <span>
#include <utility>

#include "engine/plan/given_back.h"

namespace gopol::engine {

Observation look(const Slot& slot, const World& world) {
  const Wish wish{slot};
  Facts facts;
  collect(std::span(&wish, 1), world.providers, world.host, facts);
  return *facts.find(slot);
}

Result<Planned> plan_on(const dsl::Policy& policy, const World& world, const Past& past) {
  Facts facts;
  std::vector<Wish> wishes;
  for (std::size_t i = 0; i < policy.observed; ++i) wishes.push_back({policy.facts[i]});
  collect(wishes, world.providers, world.host, facts);
  const Desired desired = evaluate(policy, facts);
  wishes = wishes_of(desired);
  for (const Unasked& one : unasked(policy, world.schemas, desired, facts, past))
    wishes.push_back({one.slot});
  collect(wishes, world.providers, world.host, facts);
  auto out = plan_from(policy, world.schemas, std::move(facts), past);
  if (!out) return out;
  // A claim is about what the machine will be: without what turned out to be impossible.
  if (prepare(out->plan, policy, world.providers, world.host))
    out->plan.claims = judge(policy, out->facts, out->desired, out->plan.items);
  return out;
}

Result<Planned> plan_from(const dsl::Policy& policy, const dsl::Schemas& schemas, Facts facts,
                          const Past& past) {
  Planned out;
  out.facts = std::move(facts);
  out.desired = evaluate(policy, out.facts);
  auto plan = make_plan(policy, schemas, out.desired, out.facts, past);
  if (!plan) return plan.error();
  out.plan = std::move(*plan);
  return out;
}

}  // namespace gopol::engine
