#include "providers/tcc/pppc_state.h"

#include <map>
#include <string>
#include <utility>

#include "providers/read/fact_schema.h"
#include "providers/read/mac.h"
#include "providers/read/slot_provider.h"
#include "providers/tcc/evidence.h"
#include "providers/tcc/services.h"

namespace gopol::providers::tcc {
namespace {

using Overrides = Source<std::vector<Override>>;

dsl::Schema pppc_state_schema() {
  const dsl::Type decision = word({"allowed", "denied", "handed_over"});
  dsl::Schema out = family(
      "mdm.pppc",
      "what a profile of an MDM decides about a program, by bundle identifier or path; it outranks "
      "what the user decided. `handed_over`: users who are no administrators may turn the switch. "
      "Absent: no profile decides",
      text());
  for (const Service& service : services()) {
    if (service.profile == Service::Profile::nothing) continue;
    out.attributes.push_back(may_be_unknown(may_be_absent(verified(
        std::string(service.name), service.has_receivers ? list() : decision,
        std::string(service.doc),
        "only an MDM server installs a profile: `gopol profile` makes one, write `warn` here"))));
  }
  return out;
}

std::string_view word_of(Override::Says says) {
  if (says == Override::Says::allow) return "allowed";
  return says == Override::Says::deny ? "denied" : "handed_over";
}

Value decision(const std::string& service, const Overrides& from) {
  const std::string name = std::string(service_prefix) + service;
  for (const Override& one : from.content)
    if (one.service == name) return word_of(one.says);
  return dsl::Absent{};
}

/// Who may be automated by the profile's word.
Value receivers(const std::string& service, const Overrides& from) {
  const std::string name = std::string(service_prefix) + service;
  dsl::List out;
  bool decides = false;
  for (const Override& one : from.content) {
    if (one.service != name) continue;
    decides = true;
    if (one.says == Override::Says::allow) out.items.push_back(one.receiver);
  }
  return decides ? Value(std::move(out)) : Value(dsl::Absent{});
}

Overrides decisions_about(const std::string& client, const engine::Query&, const Host& host) {
  if (is_mac(host)) return overrides_of(Client{client}, host);
  Overrides out;
  out.trouble = only_on_a_mac("profiles of an MDM");
  return out;
}

Observation read_decision(const Slot& slot, const Overrides& from, const Host&) {
  const Service* service = find_service(slot.attribute);
  Observation out{.slot = slot, .value = from.trouble, .origin = from.path.text};
  if (from.is_readable() && service != nullptr)
    out.value =
        service->has_receivers ? receivers(slot.attribute, from) : decision(slot.attribute, from);
  return out;
}

}  // namespace

std::unique_ptr<engine::Provider> pppc_provider() {
  return facts<SharedByKey<decisions_about, read_decision>>(pppc_state_schema());
}

}  // namespace gopol::providers::tcc
