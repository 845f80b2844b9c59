#include "engine/plan/claims.h"

#include <algorithm>
#include <unordered_map>

#include "engine/plan/plan.h"

namespace gopol::engine {
namespace {

using dsl::Claim;
using dsl::Guard;

constexpr std::size_t most_reasons = 8;

ClaimState state_of(Truth truth) {
  switch (truth) {
    case Truth::yes: return ClaimState::holds;
    case Truth::no: return ClaimState::refuted;
    case Truth::unknown: return ClaimState::unknown;
  }
  return ClaimState::unknown;
}

ClaimOutcome judge_condition(const Guard& that, const dsl::Policy& policy, const Facts& facts) {
  const Guards guards(policy, facts);
  return {state_of(guards.evaluate(that)), guards.reasons(that, most_reasons)};
}

ClaimOutcome judge_cover(const Claim& claim, const Desired& desired) {
  const bool asserted =
      std::any_of(desired.wanted.begin(), desired.wanted.end(),
                  [&](const Wanted& one) { return one.slot == claim.slot; }) ||
      std::any_of(desired.disputed.begin(), desired.disputed.end(),
                  [&](const Disputed& one) { return one.wanted.slot == claim.slot; });
  return {asserted ? ClaimState::holds : ClaimState::refuted, {}};
}

void slots_of(const Guard& guard, const dsl::Policy& policy, std::vector<Slot>& out) {
  if (guard.kind == Guard::Kind::atom) out.push_back(policy.facts[guard.atom.fact]);
  if (guard.kind == Guard::Kind::shared) slots_of(policy.guards[guard.shared], policy, out);
  for (const Guard& part : guard.parts) slots_of(part, policy, out);
}

}  // namespace

Facts converged(const std::vector<const Guard*>& guards, const dsl::Policy& policy,
                const Facts& facts, const std::vector<Item>& items) {
  std::vector<Slot> slots;
  for (const Guard* guard : guards) slots_of(*guard, policy, slots);
  std::unordered_map<Slot, const Value*, SlotHash> targets;
  for (const Item& item : items) {
    if (item.state == ItemState::change) targets.emplace(item.slot, &item.target);
  }
  Facts out;
  for (const Slot& slot : slots) {
    const auto target = targets.find(slot);
    Observation seen;
    seen.slot = slot;
    seen.value = target != targets.end() ? *target->second : facts.value(slot);
    if (out.find(slot) == nullptr) out.add(std::move(seen));
  }
  return out;
}

std::vector<ClaimOutcome> judge(const dsl::Policy& policy, const Facts& facts,
                                const Desired& desired, const std::vector<Item>& items) {
  std::vector<ClaimOutcome> out;
  if (policy.claims.empty()) return out;
  const Guards guards(policy, facts);
  std::vector<const Guard*> conditions;
  for (const Claim& claim : policy.claims) conditions.push_back(&claim.that);
  const Facts later = converged(conditions, policy, facts, items);
  for (const Claim& claim : policy.claims) {
    const Truth here = guards.evaluate(claim.when);
    if (here == Truth::no) {
      out.push_back({ClaimState::elsewhere, {}});
    } else if (here == Truth::unknown) {
      out.push_back({ClaimState::unknown, guards.reasons(claim.when, most_reasons)});
    } else if (claim.kind == Claim::Kind::cover) {
      out.push_back(judge_cover(claim, desired));
    } else {
      const bool now = claim.kind == Claim::Kind::assumption;
      out.push_back(judge_condition(claim.that, policy, now ? facts : later));
    }
  }
  return out;
}

}  // namespace gopol::engine
