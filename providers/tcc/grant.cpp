#include "providers/tcc/grant.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

#include "providers/read/fact_schema.h"
#include "providers/read/mac.h"
#include "providers/read/slot_provider.h"
#include "providers/tcc/guide.h"
#include "providers/tcc/responsible.h"
#include "providers/tcc/weigh.h"

namespace gopol::providers::tcc {
namespace {

std::string help_of(const Service& service) {
  const std::string where = fmt::format("`gopol guide {}` shows where, of any other program too",
                                        slot_text("com.apple.Terminal", service.name));
  if (service.profile == Service::Profile::both)
    return "a Mac lets no program grant it: write `warn`; `gopol profile` makes what an MDM "
           "installs, " +
           where;
  if (service.profile != Service::Profile::nothing)
    return "a Mac lets no program grant it, and an MDM only deny it: write `warn`; " + where +
           ", `gopol profile` makes what denies";
  return "a Mac lets neither a program nor an MDM grant it: write `warn`; " + where;
}

dsl::Schema grant_schema() {
  const dsl::Type decision = word({"allowed", "denied", "limited", "undetermined"});
  dsl::Schema out = family(
      "tcc.grant",
      "what macOS lets a program do; the key is its bundle identifier or its path. `undetermined`: "
      "no decision is in force. Unknown without Full Disk Access, which reading TCC.db takes",
      text());
  out.not_there = other_names("what TCC guards");
  for (const Service& service : services()) {
    out.attributes.push_back(may_be_unknown(verified(std::string(service.name),
                                                     service.has_receivers ? list() : decision,
                                                     std::string(service.doc), help_of(service))));
  }
  return out;
}

/// Letters, digits, `-`, `_` and dots; or an absolute path.
bool is_client(const std::string& key) {
  if (key.starts_with('/')) return true;
  return !key.empty() && std::all_of(key.begin(), key.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
  });
}

/// The reason why nothing can be said of a client at all; else Absent.
Value obstacle(const std::string& key, const Host& host) {
  if (!is_mac(host)) return only_on_a_mac("TCC");
  if (is_client(key)) return {};
  return dsl::Unknown{fmt::format("`{}` is neither a bundle identifier nor a full path", key),
                      "write `com.apple.Terminal`, or `/usr/local/bin/dlv`"};
}

/// Nothing: there is an obstacle.
std::optional<Evidence> evidence_about(const std::string& client, const engine::Query&,
                                       const Host& host) {
  if (obstacle(client, host).is_unknown()) return {};
  return gather(Client{client}, host);
}

Observation read_grant(const Slot& slot, const std::optional<Evidence>& evidence,
                       const Host& host) {
  const Service* service = find_service(slot.attribute);
  if (service == nullptr || !evidence) return {.slot = slot, .value = obstacle(slot.key, host)};
  Conclusion said = weigh(*service, *evidence, host);
  if (is_bare_tool(slot.key))
    said.findings.push_back(
        "it is a bare tool: started in a terminal or an editor it has the rights of that, and its "
        "own "
        "do not count");
  return {.slot = slot,
          .value = std::move(said.value),
          .origin = std::move(said.origin),
          .findings = std::move(said.findings)};
}

/// Of a list of receivers `allowed` is wanted.
WantedRight wanted_right(const dsl::Allowed& wanted) {
  WantedRight out{"allowed"};
  for (const std::string& receiver : wanted.includes) out.receivers.push_back(receiver);
  if (!wanted.one_of || wanted.one_of->empty()) return out;
  const Value& first = wanted.one_of->front();
  if (const auto* word = first.as<std::string>()) out.decision = *word;
  if (const auto* list = first.as<dsl::List>())
    for (const std::string& receiver : list->items) out.receivers.push_back(receiver);
  return out;
}

class GrantProvider final
    : public SlotProvider<SharedByKey<evidence_about, read_grant>, engine::FactProvider> {
 public:
  GrantProvider() : SlotProvider(grant_schema()) {}

  std::optional<engine::Guide> guide(const engine::Slot& slot, const dsl::Allowed& wanted,
                                     const Host& host) const override {
    const Service* service = find_service(slot.attribute);
    if (service == nullptr || !is_mac(host) || !is_client(slot.key)) return {};
    return guide_to(*service, slot.key, wanted_right(wanted), host);
  }
};

}  // namespace

std::unique_ptr<engine::Provider> grant_provider() { return std::make_unique<GrantProvider>(); }

}  // namespace gopol::providers::tcc
