#include "providers/machine/firewall.h"

#include <fmt/format.h>

#include <string>

#include "providers/machine/os.h"
#include "providers/read/fact_schema.h"
#include "providers/read/go_text.h"
#include "providers/read/mac.h"
#include "providers/read/program.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers {
namespace {

using dsl::Unknown;

constexpr const char* socketfilterfw = "/usr/libexec/ApplicationFirewall/socketfilterfw";

dsl::Schema firewall_schema() {
  dsl::Schema out =
      family("firewall", "the application firewall of macOS: incoming connections only");
  out.attributes = {may_be_unknown(verified(
      "state", word({"off", "on", "block_all"}), "`block_all`: every incoming connection",
      "System Settings, Network, Firewall; or a profile with com.apple.security.firewall"))};
  return out;
}

Value firewall_state(const Host& host) {
  if (!is_mac(host)) return only_on_a_mac("the application firewall");
  const auto answer = ask_program(socketfilterfw, "--getglobalstate", host);
  return answer ? parse_firewall_state(*answer) : unknown(answer.error());
}

Observation read_firewall(const Slot& slot, const Host& host) {
  return {.slot = slot, .value = firewall_state(host), .origin = socketfilterfw};
}

class FirewallProvider final : public SlotProvider<Alone<read_firewall>, engine::FactProvider> {
 public:
  FirewallProvider() : SlotProvider(firewall_schema()) {}

  std::optional<engine::Guide> guide(const engine::Slot&, const dsl::Allowed& wanted,
                                     const Host& host) const override {
    if (!is_mac(host)) return {};
    constexpr int new_settings = 13;
    const char* switch_it = contains(wanted, Value("off")) ? "Turn the firewall off"
                            : contains(wanted, Value("on"))
                                ? "Turn the firewall on"
                                : "Turn the firewall on; in its options, block all incoming";
    return engine::Guide{{macos_number(host) >= new_settings
                              ? "Open System Settings, Network, Firewall"
                              : "Open System Preferences, Security & Privacy, Firewall",
                          switch_it}};
  }
};

}  // namespace

Value parse_firewall_state(std::string_view printed) {
  const std::string said(go::trimmed(printed));
  const std::size_t equals = said.rfind('=');
  std::string_view number;
  if (equals != std::string::npos) number = go::trimmed(std::string_view(said).substr(equals + 1));
  number = number.substr(0, number.find_first_not_of("0123456789"));
  if (number == "0") return "off";
  if (number == "1") return "on";
  if (number == "2") return "block_all";
  return Unknown{fmt::format("`socketfilterfw --getglobalstate` says `{}`", first_line(said)), ""};
}

std::unique_ptr<engine::Provider> firewall_provider() {
  return std::make_unique<FirewallProvider>();
}

}  // namespace gopol::providers
