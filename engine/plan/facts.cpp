#include "engine/plan/facts.h"

#include <functional>
#include <map>
#include <string_view>
#include <unordered_set>
#include <utility>

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

}  // namespace gopol::engine
