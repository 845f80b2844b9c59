#include "engine/plan/facts.h"

#include <fmt/format.h>

#include <functional>
#include <map>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "engine/plan/disclosure.h"

namespace gopol::engine {

void Facts::add(Observation observation) {
  if (const auto at = position(observation.slot)) {
    observations_[*at] = std::move(observation);
    return;
  }
  index_.add(SlotHash()(observation.slot), observations_.size());
  observations_.push_back(std::move(observation));
}

const Observation* Facts::find(const Slot& slot) const {
  const auto at = position(slot);
  return at ? &observations_[*at] : nullptr;
}

std::optional<std::uint32_t> Facts::position(const Slot& slot) const {
  return index_.find(SlotHash()(slot),
                     [&](std::uint32_t at) { return observations_[at].slot == slot; });
}

const Value& Facts::value(const Slot& slot) const {
  static const Value never_asked = dsl::Unknown{"it was not observed", ""};
  const Observation* found = find(slot);
  return found != nullptr ? found->value : never_asked;
}

namespace {

void answer(const Query& query, const Provider* provider, const Host& host, Facts& facts) {
  if (provider != nullptr) {
    for (Observation& one : provider->observe(query, host)) facts.add(std::move(one));
  }
  for (const Slot& slot : query.slots) {
    if (facts.find(slot) != nullptr) continue;
    const char* reason =
        provider != nullptr ? "its provider gave no answer" : "no provider knows it";
    facts.add({.slot = slot, .value = dsl::Unknown{reason, ""}});
  }
}

}  // namespace

void collect(std::span<const Wish> wishes, const Providers& providers, const Host& host,
             Facts& facts) {
  std::map<std::string_view, Query> by_family;
  std::unordered_set<Slot, SlotHash> seen;
  for (const Wish& wish : wishes) {
    const Slot& slot = wish.slot;
    if (wish.input) {
      by_family[slot.family].inputs[slot.key][slot.attribute] = wish.value;
    } else if (facts.find(slot) == nullptr && seen.insert(slot).second) {
      by_family[slot.family].slots.push_back(slot);
    }
  }
  for (const auto& [family, query] : by_family) {
    if (query.slots.empty()) continue;
    const Provider* provider = provider_of(providers, family);
    answer(query, provider, host, facts);
  }
}

OutOfForce out_of_force(const dsl::Allowed& allowed, const Observation& seen) {
  OutOfForce out;
  for (const Elsewhere& one : seen.elsewhere) {
    if (one.value.is_unknown())
      out.untold.push_back(one);
    else if (!dsl::contains(allowed, one.value))
      out.defeated.push_back(one);
  }
  return out;
}

std::string elsewhere_text(const Slot& slot, const Elsewhere& one) {
  if (const auto* unknown = one.value.as<dsl::Unknown>())
    return fmt::format("in {}: {}", one.where, unknown->reason);
  std::string by = fmt::format("in {}", one.where);
  if (!one.origin.empty()) by += fmt::format(" by {}", one.origin);
  if (one.value.as<bool>() != nullptr) return by;
  return fmt::format("{}: there it is {}", by, dsl::to_text(shown(slot, one.value)));
}

bool is_written(const Observation& seen) { return !seen.inherited && !seen.value.is_absent(); }

std::string force_text(const Observation& seen, const Elsewhere& one) {
  const char* what = is_written(seen) ? "defeated" : "hidden";
  if (one.value.is_unknown()) what = "in force: unknown";
  return fmt::format("{} {}", what, elsewhere_text(seen.slot, one));
}

}  // namespace gopol::engine
