#include "providers/tcc/pppc_state.h"

#include <map>
#include <string>
#include <utility>

#include "providers/machine/os.h"
#include "providers/read/fact_schema.h"
#include "providers/read/mac.h"
#include "providers/read/slot_provider.h"
#include "providers/tcc/evidence.h"
#include "providers/tcc/services.h"
#include "providers/tcc/weigh.h"

namespace gopol::providers::tcc {
namespace {

using Overrides = Source<std::vector<Override>>;

dsl::Schema pppc_state_schema() {
  dsl::Schema out = family(
      "mdm.pppc",
      "what a profile of an MDM decides about a program, by bundle identifier or path; it outranks "
      "what the user decided. `handed_over`: users who are no administrators may turn the switch. "
      "Absent: no profile decides",
      text());
  out.not_there = other_names("what a profile can decide");
  for (const Service& service : services()) {
    if (service.profile == Service::Profile::nothing) continue;
    out.attributes.push_back(may_be_unknown(may_be_absent(verified(
        std::string(service.name), service.has_receivers ? list() : word(profile_words(service)),
        std::string(service.doc),
        "only an MDM server installs a profile: `gopol profile` makes one, write `warn` here"))));
  }
  return out;
}

/// What profiles say, the macOS that reads them, and which program is meant.
struct Said {
  Overrides from;
  int macos = 0;
};

/// Of a program that is not here, whichever it would be, the profile has decided.
Conclusion decision(const Service& service, const std::string& receiver, const std::string& client,
                    const Said& said, const Host& host) {
  return profile_decision(service, receiver, said.from, said.macos, [&](const Requirement& asked) {
    const auto programs = programs_of(client, host);
    return programs.empty() ? Verdict::yes : judge(asked, programs, host);
  });
}

/// Who may be automated by the profile's word.
Conclusion receivers(const Service& service, const std::string& client, const Said& said,
                     const Host& host) {
  Conclusion out = decision(service, "", client, said, host);
  if (out.value.is_unknown()) return out;
  dsl::List allowed;
  bool decides = false;
  for (const Override& one : said.from.content) {
    if (one.service != std::string(service_prefix) + std::string(service.name)) continue;
    const Conclusion about = decision(service, one.receiver, client, said, host);
    if (about.value.is_unknown()) return about;
    decides = decides || about.value.is_known();
    if (about.value == Value("allowed")) allowed.items.push_back(one.receiver);
  }
  if (decides) out.value = std::move(allowed);
  return out;
}

Said decisions_about(const std::string& client, const engine::Query&, const Host& host) {
  if (is_mac(host)) return {overrides_of(Client{client}, host), macos_number(host)};
  Said out;
  out.from.trouble = only_on_a_mac("profiles of an MDM");
  return out;
}

Observation read_decision(const Slot& slot, const Said& said, const Host& host) {
  const Service* service = find_service(slot.attribute);
  Observation out{.slot = slot, .value = said.from.trouble, .origin = said.from.path.text};
  if (!said.from.is_readable() || service == nullptr) return out;
  Conclusion found = service->has_receivers ? receivers(*service, slot.key, said, host)
                                            : decision(*service, "", slot.key, said, host);
  out.value = std::move(found.value);
  out.findings = std::move(found.findings);
  return out;
}

}  // namespace

std::unique_ptr<engine::Provider> pppc_provider() {
  return facts<SharedByKey<decisions_about, read_decision>>(pppc_state_schema());
}

}  // namespace gopol::providers::tcc
