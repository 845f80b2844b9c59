#include "providers/machine/sip.h"

#include <fmt/format.h>

#include <string>

#include "providers/read/fact_schema.h"
#include "providers/read/go_text.h"
#include "providers/read/lines.h"
#include "providers/read/mac.h"
#include "providers/read/program.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers {
namespace {

using dsl::Unknown;

constexpr const char* csrutil = "/usr/bin/csrutil";

dsl::Schema sip_schema() {
  dsl::Schema out = family("sip", "System Integrity Protection");
  out.attributes = {may_be_unknown(
      verified("enabled", boolean(), "all of it; unknown if only a part is switched off",
               "only from recoveryOS: start the Mac there and run `csrutil enable`"))};
  return out;
}

Value sip_enabled(const Host& host) {
  if (!is_mac(host)) return only_on_a_mac("System Integrity Protection");
  const auto answer = ask_program(csrutil, "status", host);
  return answer ? parse_sip_status(*answer) : unknown(answer.error());
}

Observation read_sip(const Slot& slot, const Host& host) {
  return {.slot = slot, .value = sip_enabled(host), .origin = csrutil};
}

class SipProvider final : public SlotProvider<Alone<read_sip>, engine::FactProvider> {
 public:
  SipProvider() : SlotProvider(sip_schema()) {}

  std::optional<engine::Guide> guide(const engine::Slot&, const dsl::Allowed& wanted,
                                     const Host& host) const override {
    if (!is_mac(host)) return {};
    const char* verb = contains(wanted, Value(false)) ? "disable" : "enable";
    return engine::Guide{{"Shut the Mac down",
                          is_apple_silicon(host)
                              ? "Hold the power button until options show, choose Options, Continue"
                              : "Start it with Command-R held down",
                          fmt::format("In Utilities, Terminal, run `csrutil {}`", verb),
                          "Restart, and run this again"}};
  }
};

/// `Filesystem Protections` of the lines that say `…: disabled`.
std::string switched_off(std::string_view printed) {
  constexpr std::string_view end = ": disabled";
  std::string out;
  for (const std::string_view line : lines_with_ends(printed)) {
    std::string_view text = go::trimmed(without_end(line));
    if (!text.ends_with(end)) continue;
    text.remove_suffix(end.size());
    if (text == "Apple Internal") continue;  // off on every Mac that is sold
    out += (out.empty() ? "" : ", ") + std::string(text);
  }
  return out;
}

}  // namespace

Value parse_sip_status(std::string_view printed) {
  constexpr std::string_view prefix = "System Integrity Protection status: ";
  const std::string first = first_line(std::string(printed));
  if (first == std::string(prefix) + "enabled.") return true;
  if (first == std::string(prefix) + "disabled.") return false;
  const std::string off = switched_off(printed);
  if (first.starts_with(prefix) && !off.empty())
    return Unknown{"a part of it is switched off: " + off, "`csrutil enable` in recoveryOS"};
  return Unknown{fmt::format("`csrutil status` says `{}`", first), ""};
}

std::unique_ptr<engine::Provider> sip_provider() { return std::make_unique<SipProvider>(); }

}  // namespace gopol::providers
