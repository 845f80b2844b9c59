#include "cli/workspace/machine/tcc_profile.h"

#include <algorithm>
#include <utility>

#include "engine/plan/planning.h"
#include "engine/real/confine.h"

namespace gopol::cli {
namespace {

namespace tcc = providers::tcc;
constexpr const char* family = "tcc.grant";

/// What the policy says of TCC, and nothing else: no other slot is looked at.
dsl::Policy about_tcc(dsl::Policy policy) {
  for (dsl::Policy::Rule& rule : policy.rules)
    std::erase_if(rule.assertions,
                  [](const dsl::Assertion& one) { return one.slot.family != family; });
  policy.claims.clear();
  return policy;
}

std::vector<std::string> decisions_of(const dsl::Allowed& allowed) {
  std::vector<std::string> out(allowed.includes);
  for (const dsl::Value& one : allowed.one_of.value_or(dsl::SharedList<dsl::Value>())) {
    if (const auto* word = one.as<std::string>()) out.push_back(*word);
    if (const auto* list = one.as<dsl::List>())
      out.insert(out.end(), list->items.begin(), list->items.end());
  }
  return out;
}

std::vector<tcc::Wish> wishes_of(const dsl::Policy& policy, const engine::Planned& planned) {
  std::vector<tcc::Wish> out;
  for (const engine::Wanted& one : planned.desired.wanted) {
    const auto& rule = policy.rules[one.sources.front().rule];
    tcc::Wish wish{one.slot.attribute, one.slot.key, "", "", rule.because};
    const bool of_receivers = one.shape != nullptr && one.shape->type.kind == dsl::TypeKind::list;
    for (const std::string& decision : decisions_of(one.allowed)) {
      wish.decision = of_receivers ? "allowed" : decision;
      wish.receiver = of_receivers ? decision : "";
      out.push_back(wish);
    }
  }
  return out;
}

std::vector<LeftOut> left_out_of(const dsl::Policy& policy, const engine::Planned& planned) {
  std::vector<LeftOut> out;
  for (std::size_t i = 0; i < policy.rules.size(); ++i) {
    const auto status = planned.desired.rules[i].status;
    if (!policy.rules[i].assertions.empty() && status != engine::RuleStatus::applies)
      out.push_back({policy.rules[i].name, status});
  }
  return out;
}

TccProfile made_of(const dsl::Policy& policy, const engine::Planned& planned,
                   const engine::Host& host) {
  TccProfile out;
  out.left_out = left_out_of(policy, planned);
  for (const tcc::Wish& wish : wishes_of(policy, planned)) {
    auto entry = tcc::pppc_entry(wish, host);
    if (entry)
      out.entries.push_back(std::move(*entry));
    else
      out.refused.insert(out.refused.end(), entry.error().begin(), entry.error().end());
  }
  return out;
}

}  // namespace

dsl::Result<TccProfile> tcc_profile(const dsl::Policy& all, const Workspace& workspace) {
  const engine::World world = workspace.world();
  if (world.host.system().platform() != "macos")
    return dsl::problem("R4002", "only a Mac has TCC",
                        "make the profile on a Mac that has the programs it names: their "
                        "signatures go into it");
  const dsl::Policy policy = about_tcc(all);
  dsl::Result<TccProfile> out = TccProfile();
  engine::run_confined([&] {
    const auto planned = engine::plan_on(policy, world, {});
    if (!planned)
      out = planned.error();
    else if (!planned->desired.conflicts.empty())
      out = planned->desired.conflicts;
    else
      out = made_of(policy, *planned, world.host);
  });
  return out;
}

}  // namespace gopol::cli
