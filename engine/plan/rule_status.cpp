#include "engine/plan/rule_status.h"

#include <fmt/format.h>

#include <algorithm>

namespace gopol::engine {
namespace {

using dsl::Policy;

RuleStatus status_of(Truth truth) {
  switch (truth) {
    case Truth::yes: return RuleStatus::applies;
    case Truth::no: return RuleStatus::skipped;
    case Truth::unknown: return RuleStatus::unknown;
  }
  return RuleStatus::unknown;
}

/// An override that applies takes the place of its rule; one that cannot be decided makes it
/// unknown.
void replace(const Policy& policy, std::uint32_t index, std::vector<RuleOutcome>& outcomes,
             dsl::Diagnostics& conflicts) {
  const auto& target = policy.rules[index].replaces;
  const RuleStatus mine = outcomes[index].status;
  if (!target || mine == RuleStatus::skipped) return;
  RuleOutcome& replaced = outcomes[*target];
  const bool was_replaced = replaced.status == RuleStatus::skipped && replaced.replaced_by;
  if (mine == RuleStatus::applies && was_replaced) {
    const std::uint32_t first = *replaced.replaced_by;
    conflicts.push_back(clash(policy, first, index));
    outcomes[index].clashes_with = first;
    outcomes[first].clashes_with = index;
    return;
  }
  if (replaced.status == RuleStatus::skipped) return;
  replaced.status = mine == RuleStatus::applies ? RuleStatus::skipped : RuleStatus::unknown;
  replaced.replaced_by = index;
}

void waive(const Policy::Rule& rule, const Facts& facts, const Guards& guards,
           RuleOutcome& outcome) {
  if (outcome.status != RuleStatus::applies) return;
  for (std::uint32_t i = 0; i < rule.waivers.size(); ++i) {
    const Truth truth = holds(rule.waivers[i], facts, guards);
    if (truth == Truth::no) continue;
    outcome.waiver = i;
    outcome.status = truth == Truth::yes ? RuleStatus::waived : RuleStatus::unknown;
    if (truth == Truth::yes) return;
  }
}

}  // namespace

dsl::Diagnostic clash(const Policy& policy, std::uint32_t first, std::uint32_t second) {
  const auto& [a, b] = std::minmax(first, second);
  auto out =
      dsl::problem("P3003", policy.rules[b].span,
                   fmt::format("two overrides of `{}` apply on this machine", policy.rules[b].name),
                   "applies too", "give them conditions that exclude each other");
  out.related.push_back({policy.rules[a].span, "applies here"});
  return out;
}

Truth holds(const dsl::Waiver& waiver, const Facts& facts, const Guards& guards) {
  const Truth truth = guards.evaluate(waiver.guard);
  const Value& today = facts.value(run_date);
  const auto* date = today.as<dsl::Date>();
  if (date == nullptr) return std::min(truth, Truth::unknown);
  return *date <= waiver.until ? truth : Truth::no;
}

std::vector<RuleOutcome> outcomes_of(const Policy& policy, const Facts& facts, const Guards& guards,
                                     dsl::Diagnostics& conflicts) {
  std::vector<RuleOutcome> out(policy.rules.size());
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i].status = status_of(guards.evaluate(policy.rules[i].guard));
  for (std::uint32_t i = 0; i < out.size(); ++i) replace(policy, i, out, conflicts);
  for (std::size_t i = 0; i < out.size(); ++i) waive(policy.rules[i], facts, guards, out[i]);
  return out;
}

std::vector<GuardReason> why_not(const Policy& policy, const Facts& facts, std::uint32_t rule,
                                 const RuleOutcome& outcome, std::size_t most) {
  const Guards guards(policy, facts);
  if (outcome.status == RuleStatus::unknown && outcome.waiver) {
    const dsl::Waiver& waiver = policy.rules[rule].waivers[*outcome.waiver];
    auto out = guards.reasons(waiver.guard, most);
    if (!facts.value(run_date).is_known() && out.size() < most)
      out.push_back({waiver.span, run_date, facts.value(run_date)});
    return out;
  }
  if (outcome.status == RuleStatus::unknown && outcome.replaced_by)
    return guards.reasons(policy.rules[*outcome.replaced_by].guard, most);
  return guards.reasons(policy.rules[rule].guard, most);
}

}  // namespace gopol::engine
