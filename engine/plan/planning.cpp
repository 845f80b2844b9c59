#include "engine/plan/planning.h"

#include <utility>

namespace gopol::engine {

Result<Planned> plan_on(const dsl::Policy& policy, const dsl::Schemas& schemas,
                        const Providers& providers, const Host& host, const Ledger& ledger) {
  Facts facts;
  std::vector<Wish> wishes;
  for (std::size_t i = 0; i < policy.observed; ++i) wishes.push_back({policy.facts[i]});
  collect(wishes, providers, host, facts);
  collect(wishes_of(evaluate(policy, facts)), providers, host, facts);
  auto out = plan_from(policy, schemas, std::move(facts), ledger);
  if (!out) return out;
  // A claim is about what the machine will be: without what turned out to be impossible.
  if (prepare(out->plan, policy, providers, host))
    out->plan.claims = judge(policy, out->facts, out->desired, out->plan.items);
  return out;
}

Result<Planned> plan_from(const dsl::Policy& policy, const dsl::Schemas& schemas, Facts facts,
                          const Ledger& ledger) {
  Planned out;
  out.facts = std::move(facts);
  out.desired = evaluate(policy, out.facts);
  auto plan = make_plan(policy, schemas, out.desired, out.facts, ledger);
  if (!plan) return plan.error();
  out.plan = std::move(*plan);
  return out;
}

}  // namespace gopol::engine
