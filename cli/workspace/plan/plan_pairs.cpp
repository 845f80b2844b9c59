#include "cli/workspace/plan/plan_pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "providers/lint/pairs_here.h"
#include "providers/read/mac.h"

namespace gopol::cli {
namespace {

using dsl::Value;
using dsl::Version;
using engine::Item;
using engine::Slot;
using providers::lint::BadPair;

Slot fact(const char* family, const char* attribute) { return {family, "", attribute, ""}; }

/// Values as they are once the plan is applied.
class Afterwards {
 public:
  explicit Afterwards(const engine::Planned& planned) : planned_(planned) {}

  void look(const engine::Providers& providers, const engine::Host& host) {
    std::vector<engine::Wish> wishes;
    for (const Slot& slot :
         {fact("os", "version"), fact("xcode.select", "active"), fact("xcode.clt", "version"),
          fact("xcode.app", "version"), fact("go.env", "GOFLAGS")}) {
      if (planned_.facts.find(slot) == nullptr) wishes.push_back({slot});
    }
    engine::collect(wishes, providers, host, seen_);
  }

  static const Value& of(const Item& item) {
    return item.state == engine::ItemState::change ? item.target : item.current;
  }
  const Value& of(const Slot& slot) const {
    const auto& items = planned_.plan.items;
    const auto item =
        std::find_if(items.begin(), items.end(), [&](const Item& one) { return one.slot == slot; });
    if (item != items.end()) return of(*item);
    return planned_.facts.find(slot) != nullptr ? planned_.facts.value(slot) : seen_.value(slot);
  }
  std::optional<Version> version(const Slot& slot) const {
    const auto* out = of(slot).as<Version>();
    return out == nullptr ? std::nullopt : std::optional(*out);
  }
  std::optional<Version> tools() const {
    const auto* folder = of(fact("xcode.select", "active")).as<dsl::Path>();
    if (folder == nullptr) return {};
    const bool is_clt = folder->text.ends_with("/CommandLineTools");
    return version(fact(is_clt ? "xcode.clt" : "xcode.app", "version"));
  }

 private:
  const engine::Planned& planned_;
  engine::Facts seen_;
};

/// A Go, and the rule that asks for it; none: only facts name it.
struct Pinned {
  Version version;
  const Item* item = nullptr;
};

std::vector<Pinned> toolchains(const dsl::Policy& policy, const engine::Planned& planned) {
  const auto is_one = [](const Slot& slot) {
    return slot.family == "go.toolchain" && slot.attribute == "version";
  };
  std::vector<Pinned> out;
  const auto add = [&](const Value& value, const Item* item) {
    const auto* version = value.as<Version>();
    if (version == nullptr) return;
    const bool is_known = std::any_of(out.begin(), out.end(),
                                      [&](const Pinned& one) { return one.version == *version; });
    if (!is_known) out.push_back({*version, item});
  };
  for (const Item& item : planned.plan.items) {
    if (is_one(item.slot)) add(Afterwards::of(item), &item);
  }
  const Afterwards afterwards(planned);
  for (const Slot& slot : policy.facts) {
    if (is_one(slot)) add(afterwards.of(slot), nullptr);
  }
  return out;
}

dsl::Diagnostic warning(const Pinned& go, const std::vector<const BadPair*>& met,
                        const providers::lint::Here& here) {
  std::vector<std::string> ids;
  for (const BadPair* pair : met) {
    if (std::find(ids.begin(), ids.end(), pair->id) == ids.end()) ids.push_back(pair->id);
  }
  const BadPair& worst = *met.front();
  const std::string with =
      worst.xcode.any() ? "macOS " + here.macos->text : "Xcode's tools " + here.tools->text;
  const std::string name = fmt::format("known-bad pair: {}", fmt::join(ids, ", "));
  dsl::Diagnostic out;
  out.severity = dsl::Severity::warning;
  out.code = "L415";
  out.message = fmt::format("Go {} and {} of this machine do not go together{}", go.version.text,
                            with, go.item == nullptr ? fmt::format(" ({})", name) : "");
  out.help = providers::lint::advice(worst);
  if (go.item != nullptr) out.primary = dsl::Label{go.item->place, name};
  return out;
}

bool is_mac(const engine::Planned& planned, const engine::Host* host) {
  if (host != nullptr) return providers::is_mac(*host);
  return planned.facts.value(fact("os", "family")) == Value("macos");
}

}  // namespace

dsl::Diagnostics known_bad_pairs(const dsl::Policy& policy, const engine::Planned& planned,
                                 const Workspace& workspace, const engine::Host* host,
                                 Pairs wanted) {
  const auto pinned = toolchains(policy, planned);
  if (pinned.empty() || !is_mac(planned, host)) return {};
  auto pairs = providers::lint::read_bad_pairs(share_folder());
  if (!pairs) return pairs.error();
  if (wanted == Pairs::serious)
    std::erase_if(*pairs, [](const BadPair& pair) { return pair.is_minor; });
  const auto may_meet = [&](const Pinned& go) {
    return std::any_of(pairs->begin(), pairs->end(),
                       [&](const BadPair& pair) { return pair.go.holds(go.version); });
  };
  if (std::none_of(pinned.begin(), pinned.end(), may_meet)) return {};
  Afterwards afterwards(planned);
  if (host != nullptr) afterwards.look(workspace.providers, *host);
  const providers::lint::Here here{afterwards.version(fact("os", "version")), afterwards.tools(),
                                   dsl::to_text(afterwards.of(fact("go.env", "GOFLAGS")))};
  dsl::Diagnostics out;
  for (const Pinned& go : pinned) {
    const auto met = pairs_here(go.version, here, *pairs);
    if (!met.empty()) out.push_back(warning(go, met, here));
  }
  return out;
}

}  // namespace gopol::cli
