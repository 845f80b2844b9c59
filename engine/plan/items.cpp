#include "engine/plan/items.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace gopol::engine {
namespace {

using dsl::Effect;
using dsl::Policy;

void mark_unknown(Item& item, const Policy& policy, std::string reason, std::string remedy) {
  item.state = ItemState::unknown;
  item.reason = std::move(reason);
  item.remedy = std::move(remedy);
  item.fails_run = item.fails_run || policy.rules[item.rule].on_unknown == dsl::UnknownAction::fail;
}

std::int64_t seconds_of(std::chrono::system_clock::time_point moment) {
  return std::chrono::duration_cast<std::chrono::seconds>(moment.time_since_epoch()).count();
}

void set_cause(Item& item, const Past& past) {
  const Owned* held = past.find(item.slot);
  if (held == nullptr || !held->has_held()) return;
  item.cause = held->asserted(item.allowed) ? Cause::drift : Cause::policy;
  item.held_at = seconds_of(held->when);
}

bool is_sealed(const Wanted& wanted, const Policy& policy) {
  return std::any_of(wanted.sources.begin(), wanted.sources.end(),
                     [&](const auto& source) { return policy.rules[source.rule].sealed; });
}

Item item_of(const Wanted& wanted, const Facts& facts) {
  Item item;
  item.slot = wanted.slot;
  item.allowed = wanted.allowed;
  item.rule = wanted.sources.front().rule;
  item.place = wanted.sources.front().span;
  item.waiver = wanted.waiver;
  if (const Observation* seen = facts.find(wanted.slot)) {
    item.current = seen->value;
    item.origin = seen->origin;
    item.findings = seen->findings;
  } else {
    item.current = facts.value(wanted.slot);
  }
  return item;
}

/// `unset` holds where only a default shows through.
bool holds(const dsl::Allowed& allowed, const Observation* seen) {
  if (seen == nullptr) return false;
  return dsl::contains(allowed, seen->value) ||
         (seen->inherited && dsl::contains(allowed, dsl::Absent{}));
}

/// Of what is written as wished: in force, to be moved to where it is, or defeated.
void weigh_force(const Wanted& wanted, const Observation& seen, Item& item) {
  item.out_of_force = out_of_force(wanted.allowed, seen);
  const bool defeated = !item.out_of_force.defeated.empty();
  if (wanted.effect == Effect::warn) {
    const ItemState short_of = wanted.waiver != nullptr ? ItemState::waived : ItemState::finding;
    if (defeated) item.state = short_of;
  } else if (seen.misplaced && !seen.value.is_absent() && wanted.held_back.empty()) {
    item.state = ItemState::change;
  } else if (defeated) {
    item.state = ItemState::defeated;
  }
}

/// Why it is to be changed, and whether somebody took it back.
void weigh_past(const Wanted& wanted, const Policy& policy, const Past& past, Item& item) {
  set_cause(item, past);
  const Hold* hold = past.hold(item.slot);
  if (hold == nullptr || is_sealed(wanted, policy)) return;
  item.state = ItemState::held;
  item.held_at = seconds_of(hold->since);
}

}  // namespace

Value open_choice() { return dsl::Unknown{"chosen when it is applied", ""}; }

Item item_for(const Wanted& wanted, const Policy& policy, const Facts& facts, const Past& past) {
  Item item = item_of(wanted, facts);
  const auto may_fail = [&](const Wanted::Source& source) {
    return policy.rules[source.rule].on_unknown == dsl::UnknownAction::fail;
  };
  const Observation* seen = facts.find(wanted.slot);
  const auto* unknown = item.current.as<dsl::Unknown>();
  if (unknown != nullptr || !wanted.held_back.empty()) {
    item.fails_run = std::any_of(wanted.sources.begin(), wanted.sources.end(), may_fail);
  }
  if (unknown != nullptr) {
    mark_unknown(item, policy, unknown->reason, unknown->remedy);
  } else if (holds(wanted.allowed, seen)) {
    item.target = item.current;
    if (!seen->elsewhere.empty()) weigh_force(wanted, *seen, item);
  } else if (!wanted.held_back.empty()) {
    mark_unknown(item, policy, wanted.held_back, "");
  } else if (wanted.effect == Effect::warn) {
    item.state = wanted.waiver != nullptr ? ItemState::waived : ItemState::finding;
  } else {
    item.state = ItemState::change;
    item.target =
        dsl::choose(wanted.allowed, item.current, wanted.shape->type, wanted.shape->preference)
            .value_or(open_choice());
    if (seen != nullptr && !seen->misplaced)
      item.out_of_force = out_of_force(wanted.allowed, *seen);
  }
  if (item.state == ItemState::change) weigh_past(wanted, policy, past, item);
  return item;
}

Item item_for_disputed(const Disputed& disputed, const Facts& facts) {
  Item item = item_of(disputed.wanted, facts);
  item.state = ItemState::conflict;
  item.why = {disputed.why};
  return item;
}

Item item_for_unknown_rule(std::uint32_t rule, const RuleOutcome& outcome, const Policy& policy,
                           const Facts& facts) {
  Item item;
  item.rule = rule;
  item.place = policy.rules[rule].span;
  for (const GuardReason& reason : why_not(policy, facts, rule, outcome)) {
    const auto* unknown = reason.value.as<dsl::Unknown>();
    if (unknown == nullptr) continue;
    item.slot = reason.fact;
    item.current = reason.value;
    item.place = reason.span;
    mark_unknown(item, policy, unknown->reason, unknown->remedy);
    return item;
  }
  mark_unknown(item, policy, "its guard cannot be decided", "");
  return item;
}

}  // namespace gopol::engine
