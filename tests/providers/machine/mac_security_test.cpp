#include "providers/machine/firewall.h"
#include "providers/machine/sip.h"
#include "tests/catch.h"
#include "tests/providers/recorded_mac.h"

using namespace gopol;
using namespace gopol::tests;
using dsl::Value;

namespace {

const auto sip = providers::sip_provider();
const auto firewall = providers::firewall_provider();

std::string sip_of(const RecordedMac& mac) {
  return reason(look(*sip, mac.host(), "", "enabled").value);
}

std::string firewall_of(const RecordedMac& mac) {
  return reason(look(*firewall, mac.host(), "", "state").value);
}

}  // namespace

TEST_CASE("System Integrity Protection is on, off, or on in part, which is unknown") {
  const std::string status = "System Integrity Protection status: ";
  const auto parsed = [](const std::string& text) {
    return reason(providers::parse_sip_status(text));
  };
  CHECK(parsed(status + "enabled.\n") == "true");
  CHECK(parsed(status + "disabled.\n") == "false");
  CHECK(parsed(status +
               "unknown (Custom Configuration).\n\nConfiguration:\n\tApple Internal: disabled\n"
               "\tKext Signing: enabled\n\tFilesystem Protections: disabled\n") ==
        "a part of it is switched off: Filesystem Protections");
  CHECK(parsed("") == "`csrutil status` says ``");
  CHECK(parsed("csrutil: enabled.\n") == "`csrutil status` says `csrutil: enabled.`");
}

TEST_CASE("of what the firewall says, the number counts") {
  const auto parsed = [](const std::string& text) {
    return reason(providers::parse_firewall_state(text));
  };
  CHECK(parsed("Firewall is disabled. (State = 0)\n") == "off");
  CHECK(parsed("Firewall is enabled. (State = 1) \n") == "on");
  CHECK(parsed("Firewall is blocking all non-essential incoming connections. (State = 2)\n") ==
        "block_all");
  CHECK(parsed("State=0") == "off");
  CHECK(parsed("Firewall is enabled. (State = 12)\n").starts_with("`socketfilterfw"));
  CHECK(parsed("") == "`socketfilterfw --getglobalstate` says ``");
}

TEST_CASE("the recorded Mac is protected; a tool that fails leaves it unknown") {
  const RecordedMac mac;
  CHECK(sip_of(mac) == "true");
  CHECK(firewall_of(mac) == "on");
  for (const char* tool : {"tools/csrutil", "tools/socketfilterfw"})
    mac.temp.write_program(tool, "#!/bin/sh\necho 'must be root' >&2\nexit 1\n");
  CHECK(sip_of(mac) == "/usr/bin/csrutil gives no answer: must be root");
  CHECK(firewall_of(mac) ==
        "/usr/libexec/ApplicationFirewall/socketfilterfw gives no answer: must be root");
}

TEST_CASE("Linux has neither, which is said") {
  const Machine box;
  CHECK(reason(look(*sip, box.host(), "", "enabled").value) ==
        "only a Mac has System Integrity Protection");
  CHECK(reason(look(*firewall, box.host(), "", "state").value) ==
        "only a Mac has the application firewall");
}
