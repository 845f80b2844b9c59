#include "engine/plan/given_back.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "engine/plan/interpolation.h"

namespace gopol::engine {
namespace {

using dsl::Policy;

/// Facts that no policy changes and no other day or place. Everything else may be another soon.
bool is_stable(const Slot& fact, const dsl::Schemas& schemas) {
  const dsl::Schema* family = schemas.find(fact.family);
  return family != nullptr && family->context && fact.family != "network" && fact.family != "run";
}

/// The facts of conditions, those that may change made unknown.
Facts stable_facts(const Policy& policy, const dsl::Schemas& schemas, const Facts& facts) {
  Facts out;
  for (const Slot& fact : policy.facts) {
    Observation seen{.slot = fact, .value = dsl::Unknown{"it may change", ""}};
    if (const Observation* known = facts.find(fact); known != nullptr && is_stable(fact, schemas))
      seen = *known;
    out.add(std::move(seen));
  }
  return out;
}

/// Which slots, and which elements of lists, a policy can ask for on a machine, whatever changes
/// there.
class Asking {
 public:
  Asking(const Policy& policy, const dsl::Schemas& schemas, const Facts& facts) {
    const Facts stable = stable_facts(policy, schemas, facts);
    const Guards guards(policy, stable);
    dsl::Diagnostics conflicts;  // told by the plan itself
    const auto outcomes = outcomes_of(policy, stable, guards, conflicts);
    for (std::uint32_t i = 0; i < policy.rules.size(); ++i) {
      if (outcomes[i].status == RuleStatus::skipped) continue;
      for (const dsl::Assertion& assertion : policy.rules[i].assertions) add(i, assertion, facts);
    }
  }

  /// The rule that may ask for it; nullopt: none does.
  std::optional<std::uint32_t> rule_for(const Slot& slot) const {
    if (const auto at = slots_.find(slot); at != slots_.end()) return at->second;
    const auto any = any_key_.find({slot.family, {}, slot.attribute, slot.index});
    return any == any_key_.end() ? std::nullopt : std::optional(any->second);
  }

  /// Those of `elements` that no rule may ask for.
  std::vector<std::string> not_asked(const Slot& slot, std::vector<std::string> elements) const {
    if (any_key_.contains({slot.family, {}, slot.attribute, slot.index})) return {};
    const auto at = included_.find(slot);
    if (at == included_.end()) return elements;
    std::erase_if(elements, [&](const std::string& one) { return at->second.contains(one); });
    return elements;
  }

 private:
  void add(std::uint32_t rule, const dsl::Assertion& assertion, const Facts& facts) {
    Slot slot = assertion.slot;
    dsl::Allowed allowed = assertion.allowed;
    if (assertion.interpolated) {
      Interpolation fill(facts);
      slot.key = fill.key(assertion);
      allowed = fill.allowed(std::move(allowed));
      if (fill.missing()) {
        slot.key = {};
        any_key_.emplace(std::move(slot), rule);
        return;
      }
    }
    included_[slot].insert(allowed.includes.begin(), allowed.includes.end());
    slots_.emplace(std::move(slot), rule);
  }

  std::unordered_map<Slot, std::uint32_t, dsl::SlotHash> slots_;
  std::unordered_map<Slot, std::set<std::string>, dsl::SlotHash> included_;
  std::unordered_map<Slot, std::uint32_t, dsl::SlotHash> any_key_;  ///< where the key is not known
};

const std::vector<std::string>* elements(const Value& value) {
  if (const auto* list = value.as<dsl::List>()) return &list->items;
  const auto* set = value.as<dsl::Set>();
  return set == nullptr ? nullptr : &set->items;
}

bool holds(const std::vector<std::string>& items, const std::string& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

/// A value of the same kind as `like`; nothing in it, and nothing set before: it was not set.
Value with_elements(const Value& like, std::vector<std::string> items, const Value& was) {
  if (items.empty() && was.is_absent()) return dsl::Absent{};
  if (like.as<dsl::Set>() != nullptr) return dsl::Set{std::move(items)};
  return dsl::List{std::move(items)};
}

std::vector<std::string> without(const std::vector<std::string>& a,
                                 const std::vector<std::string>& b) {
  std::vector<std::string> out;
  std::copy_if(a.begin(), a.end(), std::back_inserter(out),
               [&](const std::string& item) { return !holds(b, item); });
  return out;
}

/// `now` less `put_in`, then those of `taken_out` that are missing.
Value moved_back(const Value& now, const std::vector<std::string>& put_in,
                 const std::vector<std::string>& taken_out, const Value& was) {
  std::vector<std::string> items = without(*elements(now), put_in);
  for (const std::string& item : taken_out) {
    if (!holds(items, item)) items.push_back(item);
  }
  return with_elements(now, std::move(items), was);
}

Value set_value(const Observation* seen) {
  if (seen == nullptr) return dsl::Unknown{"it was not looked at", ""};
  return seen->inherited ? Value(dsl::Absent{}) : seen->value;
}

/// Whether somebody else made it what it is: then it is theirs.
bool is_theirs(const Owned& owned, const Observation& seen) {
  const bool merges = elements(seen.value) != nullptr;
  return owned.has_held() && !merges && !owned.held(seen.value);
}

bool is_given_back(const Item& item) {
  return item.state == ItemState::change && item.rule == no_rule;
}

/// Why a slot that could be given back is not; empty: it is.
dsl::Prose why_kept(const Unasked& one, const Past& past) {
  if (!one.kept.empty()) return one.kept;
  if (one.owned->demands.irreversible) return "no rule asks for it; it has no way back";
  if (!one.owned->stays.empty())
    return fmt::format("no rule asks for it; it stays: {}", one.owned->stays);
  return past.keeps ? dsl::Prose("no rule asks for it; kept this time") : dsl::Prose();
}

}  // namespace

bool Plan::has_work() const {
  return !changes.empty() || std::any_of(items.begin(), items.end(), is_given_back);
}

std::vector<const Item*> Plan::given_back() const {
  std::vector<const Item*> out;
  for (const Item& item : items) {
    if (is_given_back(item)) out.push_back(&item);
  }
  return out;
}

const dsl::Name& rule_name(const Item& item, const dsl::Policy& policy) {
  return item.rule == no_rule ? item.owner : policy.rules[item.rule].name;
}

std::optional<Value> list_back(const Value& now, const Value& was, const Value& became) {
  if (now == became && elements(now) != nullptr) return was;  // in its order
  const auto *items = elements(now), *after = elements(became), *before = elements(was);
  if (items == nullptr || after == nullptr || (before == nullptr && !was.is_absent())) return {};
  const std::vector<std::string> none;
  const auto& old = before == nullptr ? none : *before;
  return moved_back(now, without(*after, old), without(old, *after), was);
}

Value back_from(const Value& now, const Owned& owned) {
  if (elements(now) == nullptr) return owned.before;
  const auto* old = elements(owned.before);
  if (owned.allowed && owned.allowed->one_of) {
    const Value& made = owned.value ? *owned.value : owned.allowed->one_of->front();
    return list_back(now, owned.before, made).value_or(owned.before);
  }
  const auto* held = owned.value ? elements(*owned.value) : nullptr;
  const auto taken =
      old != nullptr && held != nullptr ? without(*old, *held) : std::vector<std::string>();
  return moved_back(now, owned.added, taken, owned.before);
}

std::vector<Unasked> unasked(const Policy& policy, const dsl::Schemas& schemas,
                             const Desired& desired, const Facts& facts, const Past& past) {
  std::vector<Unasked> out;
  if (past.ledger == nullptr || past.ledger->slots().empty()) return out;
  std::unordered_set<Slot, dsl::SlotHash> wanted;
  for (const Wanted& one : desired.wanted) wanted.insert(one.slot);
  for (const Disputed& one : desired.disputed) wanted.insert(one.wanted.slot);
  std::optional<Asking> asking;
  for (const auto& [slot, owned] : past.ledger->slots()) {
    const bool of_another = !owned.policy.empty() && owned.policy != past.policy;
    if (of_another || wanted.contains(slot) || past.left_alone.contains(slot)) continue;
    if (!asking) asking.emplace(policy, schemas, facts);
    const auto rule = asking->rule_for(slot);
    out.push_back({slot, &owned,
                   rule ? dsl::Prose(fmt::format("`{}` may ask for it again: it is kept",
                                                 policy.rules[*rule].name))
                        : dsl::Prose()});
  }
  return out;
}

void give_back_elements(const Policy& policy, const dsl::Schemas& schemas, const Facts& facts,
                        const Past& past, Plan& plan) {
  std::optional<Asking> asking;
  for (Item& item : plan.items) {
    const Owned* owned = past.find(item.slot);
    const bool open = item.state == ItemState::ok || item.state == ItemState::change ||
                      item.state == ItemState::defeated;
    const bool enforced = item.rule != no_rule && item.waiver == nullptr &&
                          policy.rules[item.rule].effect == dsl::Effect::enforce;
    if (owned == nullptr || owned->added.empty() || !open || !enforced || past.keeps) continue;
    if (!asking) asking.emplace(policy, schemas, facts);
    const auto gone = asking->not_asked(item.slot, owned->added);
    if (gone.empty() || elements(item.target) == nullptr || item.allowed.one_of) continue;
    const Value target = moved_back(item.target, gone, {}, owned->before);
    if (target == item.target || !dsl::contains(item.allowed, target)) continue;
    item.target = target;
    if (item.state != ItemState::change) item.cause = Cause::given_back;
    item.state = ItemState::change;
  }
}

void add_unasked(const std::vector<Unasked>& slots, const Facts& facts, const Past& past,
                 Plan& plan) {
  const std::size_t known = plan.items.size();
  for (const Unasked& one : slots) {
    const Observation* seen = facts.find(one.slot);
    const Value now = set_value(seen);
    Item item;
    item.slot = one.slot;
    item.rule = no_rule;
    item.owner = one.owned->rule;
    item.current = seen == nullptr ? now : seen->value;
    item.demands = one.owned->demands;
    item.cause = Cause::given_back;
    item.reason = why_kept(one, past);
    item.target = back_from(now, *one.owned);
    item.allowed.one_of = std::vector<Value>{item.target};
    if (!item.reason.empty()) {
      item.state = ItemState::kept;
    } else if (const auto* unknown = now.as<dsl::Unknown>()) {
      item.state = ItemState::unknown;
      item.reason = unknown->reason;
      item.remedy = unknown->remedy;
    } else if (item.target == now) {
      plan.released.push_back(one.slot);
      continue;
    } else if (is_theirs(*one.owned, *seen)) {
      plan.released.push_back(one.slot);
      item.state = ItemState::kept;
      item.reason = "no rule asks for it, and it was changed since: it is not gopol's any more";
    } else {
      item.state = ItemState::change;
    }
    plan.items.push_back(std::move(item));
  }
  if (plan.items.size() == known) return;
  std::stable_sort(plan.items.begin(), plan.items.end(),
                   [](const Item& a, const Item& b) { return a.slot < b.slot; });
}

}  // namespace gopol::engine
