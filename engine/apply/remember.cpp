#include "engine/apply/remember.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace gopol::engine {
namespace {

/// Of the elements that a policy includes, those that were not there by themselves.
std::vector<std::string> missing_in(const Value& value, const std::vector<std::string>& elements) {
  const auto* list = value.as<dsl::List>();
  const auto* set = value.as<dsl::Set>();
  std::unordered_set<std::string_view> there;
  if (list != nullptr) there.insert(list->items.begin(), list->items.end());
  if (set != nullptr) there.insert(set->items.begin(), set->items.end());
  std::vector<std::string> out;
  std::copy_if(elements.begin(), elements.end(), std::back_inserter(out),
               [&](const std::string& element) { return there.count(element) == 0; });
  return out;
}

/// What was there before, as it is first seen.
void note_first(const Observation& seen, const Item& item, Owned& owned) {
  owned.before = seen.inherited ? Value(dsl::Absent{}) : seen.value;
  owned.added = missing_in(seen.value, std::vector<std::string>(item.allowed.includes));
}

/// What earlier runs added is still ours, even if this one found it there.
void keep_added(const Owned& known, const Value& current, Owned& owned) {
  const std::vector<std::string> gone = missing_in(current, known.added);
  const std::unordered_set<std::string_view> not_ours(gone.begin(), gone.end());
  std::vector<std::string> out;
  std::copy_if(known.added.begin(), known.added.end(), std::back_inserter(out),
               [&](const std::string& element) { return !not_ours.contains(element); });
  for (std::string& element : owned.added) {
    if (std::find(out.begin(), out.end(), element) == out.end()) out.push_back(std::move(element));
  }
  owned.added = std::move(out);
}

}  // namespace

void note_before(const Planned& planned, const dsl::Policy& policy,
                 std::chrono::system_clock::time_point now, Ledger& ledger,
                 const std::string& name) {
  for (const Item& item : planned.plan.items) {
    if (item.state != ItemState::change || item.rule == no_rule) continue;
    if (const Owned* known = ledger.find(item.slot)) {
      Owned again = *known;
      again.demands = again.demands | item.demands;
      ledger.put(item.slot, std::move(again));
      continue;
    }
    Owned begun;
    begun.policy = name;
    begun.demands = item.demands;
    begun.allowed = item.allowed;
    begun.rule = policy.rules[item.rule].name;
    begun.when = now;
    begun.before = item.current;
    if (const Observation* seen = planned.facts.find(item.slot)) note_first(*seen, item, begun);
    ledger.put(item.slot, std::move(begun));
  }
}

void remember(const Planned& before, const Planned& after, const dsl::Policy& policy,
              std::chrono::system_clock::time_point now, Ledger& ledger, const std::string& name) {
  for (const Slot& slot : after.plan.released) ledger.remove(slot);
  for (const Item& item : after.plan.items) {
    if (item.rule == no_rule) continue;
    const bool enforced =
        policy.rules[item.rule].effect == dsl::Effect::enforce && item.waiver == nullptr;
    const bool written = item.state == ItemState::ok || item.state == ItemState::defeated;
    if (!written || !enforced || item.slot.family.empty()) continue;
    Owned owned;
    owned.allowed = item.allowed;
    owned.value = item.current;
    owned.rule = policy.rules[item.rule].name;
    owned.when = now;
    owned.policy = name;
    ledger.remove_hold(item.slot);
    const Owned* known = ledger.find(item.slot);
    if (known != nullptr) owned.demands = known->demands;
    // A converged machine writes nothing: the time is that of the last convergence, not of the last
    // look.
    const bool same = known != nullptr && known->asserted(item.allowed) &&
                      known->held(item.current) && known->rule == owned.rule &&
                      known->policy == owned.policy;
    const Observation* first = before.facts.find(item.slot);
    const bool was_moved = first != nullptr && !(first->value == item.current);
    if (same && !was_moved && !known->as_text) continue;
    if (same && !was_moved) owned.when = known->when;  // kept as text until now
    if (first != nullptr) note_first(*first, item, owned);
    if (known != nullptr) keep_added(*known, item.current, owned);
    ledger.put(item.slot, std::move(owned));
  }
}

}  // namespace gopol::engine
