#include "engine/facts.h"

#include <functional>
#include <map>
#include <string_view>
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

void answer(std::span<const Slot> wanted, const Provider* provider, const Host& host, Facts& facts) {
  if (provider != nullptr) {
    for (Observation& one : provider->observe(wanted, host)) facts.add(std::move(one));
  }
  for (const Slot& slot : wanted) {
    if (facts.find(slot) != nullptr) continue;
    const char* reason = provider != nullptr ? "its provider gave no answer" : "no provider knows it";
    facts.add({slot, dsl::Unknown{reason, ""}, "", {}});
  }
}

}  // namespace

void collect(std::span<const Slot> wanted, const Providers& providers, const Host& host, Facts& facts) {
  std::map<std::string_view, std::vector<Slot>> by_family;
  Facts seen;
  for (const Slot& slot : wanted) {
    if (facts.find(slot) != nullptr || seen.find(slot) != nullptr) continue;
    seen.add({slot, {}, "", {}});
    by_family[slot.family].push_back(slot);
  }
  for (const auto& provider : providers) {
    const auto at = by_family.find(provider->schema().family);
    if (at == by_family.end()) continue;
    answer(at->second, provider.get(), host, facts);
    by_family.erase(at);
  }
  for (const auto& [family, slots] : by_family) answer(slots, nullptr, host, facts);
}

}  // namespace gopol::engine
