#include "engine/facts.h"

#include <functional>
#include <map>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace gopol::engine {

std::size_t SlotHash::operator()(const Slot& slot) const {
  const std::hash<std::string> hash;
  std::size_t out = hash(slot.family);
  for (const std::string* part : {&slot.key, &slot.attribute, &slot.index}) {
    out = out * 1099511628211U + hash(*part);
  }
  return out;
}

void Facts::add(Observation observation) {
  const auto [at, is_new] = index_.emplace(observation.slot, observations_.size());
  if (is_new) {
    observations_.push_back(std::move(observation));
  } else {
    observations_[at->second] = std::move(observation);
  }
}

const Observation* Facts::find(const Slot& slot) const {
  const auto at = index_.find(slot);
  return at == index_.end() ? nullptr : &observations_[at->second];
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
