#include "dsl/check/stability.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/check/reference.h"

namespace gopol::dsl::checking {
namespace {

/// The slots that a write of `assertion` may change.
std::vector<std::string> affected(const Assertion& assertion, const Schemas& schemas) {
  std::vector<std::string> out{to_text(assertion.slot)};
  const Schema* family = schemas.find(assertion.slot.family);
  const AttributeSchema* shape =
      family != nullptr ? find_attribute(*family, assertion.slot.attribute) : nullptr;
  if (shape == nullptr) return out;
  for (const std::string& other : shape->affects) {
    Slot slot = assertion.slot;
    slot.attribute = other;
    out.push_back(to_text(slot));
  }
  return out;
}

}  // namespace

void find_unstable_guards(Context& context) {
  const bool reads_state =
      std::any_of(context.fact_places.begin(), context.fact_places.end(), [&](const auto& place) {
        const Schema* family = context.schemas.find(context.policy.facts[place.first].family);
        return family != nullptr && !family->context;
      });
  if (!reads_state) return;
  std::unordered_map<std::string, const Assertion*> written;
  for (const Policy::Rule& rule : context.policy.rules) {
    if (rule.effect != Effect::enforce) continue;
    for (const Assertion& assertion : rule.assertions) {
      for (std::string& slot : affected(assertion, context.schemas))
        written.emplace(std::move(slot), &assertion);
    }
  }
  for (const auto& [fact, place] : context.fact_places) {
    const std::string name = to_text(context.policy.facts[fact]);
    const auto at = written.find(name);
    if (at == written.end()) continue;
    auto out =
        problem("P3011", place, fmt::format("this guard reads `{}`, which a rule writes", name),
                "would change during a run",
                "guard on a fact that no rule writes, so that one run is enough");
    out.related.push_back({at->second->span, "written here"});
    context.error(std::move(out));
  }
}

}  // namespace gopol::dsl::checking
