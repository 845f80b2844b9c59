#include <nlohmann/json.hpp>

#include "dsl/policy/schema.h"
#include "providers/tcc/grant.h"
#include "providers/tcc/pppc_state.h"
#include "providers/tcc/services.h"
#include "tests/catch.h"
#include "tests/providers/tcc/tcc_mac.h"

using namespace gopol;
using namespace gopol::tests;
using dsl::Value;

namespace {

const auto pppc = providers::tcc::pppc_provider();
const auto grants = providers::tcc::grant_provider();

std::string entry(const std::string& service, const std::string& inner) {
  return "<plist version=\"1.0\"><dict><key>com.apple.Terminal</key><dict><key>kTCCService" +
         service + "</key>" + inner + "</dict></dict></plist>";
}

std::string saying(const std::string& service, const std::string& key, const std::string& value,
                   const std::string& requirement = "anchor apple") {
  return entry(service, "<dict><key>" + key + "</key>" + value +
                            "<key>CodeRequirement</key><string>" + requirement +
                            "</string></dict>");
}

std::string decided(const TccMac& mac, const std::string& service) {
  return dsl::to_text(look(*pppc, mac.host(), terminal, service).value);
}

}  // namespace

TEST_CASE("an entry of a profile says what Apple's schema has, or it is unknown") {
  struct Case {
    std::string key, value, says;
  };
  const TccMac mac;
  for (const auto& [key, value, says] :
       {Case{"Authorization", "<string>Allow</string>", "allowed"},
        Case{"Authorization", "<string>Deny</string>", "denied"},
        Case{"Authorization", "<string><![CDATA[Deny]]></string>", "denied"},
        Case{"Authorization", "<string>&#68;eny</string>", "denied"},
        Case{"Allowed", "<true/>", "allowed"}, Case{"Allowed", "<false/>", "denied"},
        Case{"Allowed", "<integer>0</integer>", "unknown"},
        Case{"Allowed", "<integer>1</integer>", "unknown"},
        Case{"Allowed", "<string>false</string>", "unknown"},
        Case{"Authorization", "<string>allow</string>", "unknown"},
        Case{"Authorization", "<string> Deny </string>", "unknown"},
        Case{"Authorization", "<true/>", "unknown"}, Case{"Authorization", "<array/>", "unknown"},
        Case{"Authorization", "<string>AllowStandardUserToSetSystemService</string>", "unknown"},
        Case{"Comment", "<string>none of both</string>", "unknown"}}) {
    CAPTURE(key, value);
    mac.profile(saying("SystemPolicyAllFiles", key, value));
    const Value found = look(*pppc, mac.host(), terminal, "SystemPolicyAllFiles").value;
    CHECK((found.is_unknown() ? "unknown" : dsl::to_text(found)) == says);
    // What it decides and nobody understands is no user's to decide.
    if (says == "unknown")
      CHECK(look(*grants, mac.host(), terminal, "SystemPolicyAllFiles").value.is_unknown());
  }
  mac.profile(entry("SystemPolicyAllFiles", "<array/>"));
  CHECK(look(*pppc, mac.host(), terminal, "SystemPolicyAllFiles").value.is_unknown());
}

TEST_CASE("a profile decides of the program that it means, and what its macOS takes") {
  const TccMac mac;
  mac.profile(saying("PostEvent", "Allowed", "<false/>", "identifier other"));
  CHECK(decided(mac, "PostEvent") == "absent");
  CHECK(look(*pppc, mac.host(), terminal, "PostEvent").findings.size() == 1);
  mac.profile(saying("ScreenCapture", "Authorization",
                     "<string>AllowStandardUserToSetSystemService</string>"));
  CHECK(decided(mac, "ScreenCapture") == "handed_over");
  const TccMac newer("27.0");
  newer.profile(saying("Accessibility", "Allowed", "<true/>"));
  CHECK(decided(newer, "Accessibility") == "absent");
  mac.profile(saying("Accessibility", "Allowed", "<true/>"));
  CHECK(decided(mac, "Accessibility") == "allowed");
}

TEST_CASE("mdm.pppc has the words that a profile can say of each service") {
  for (const auto& attribute : pppc->schema().attributes) {
    const auto* service = providers::tcc::find_service(attribute.name);
    REQUIRE(service != nullptr);
    CAPTURE(std::string(service->name));
    if (service->has_receivers) continue;
    const std::vector<std::string> words(attribute.type.words.begin(), attribute.type.words.end());
    using Profile = providers::tcc::Service::Profile;
    const auto has = [&](const char* word) {
      return std::find(words.begin(), words.end(), word) != words.end();
    };
    CHECK(has("denied"));
    CHECK(has("allowed") == (service->profile == Profile::both));
    CHECK(has("handed_over") == (service->profile == Profile::hand_over));
  }
}

TEST_CASE("names that circulate are told what is meant") {
  for (const char* name :
       {"NetworkVolumes", "FullDiskAccess", "Contacts", "ScreenRecording", "InputMonitoring",
        "Automation", "DevTools", "Location", "RemovableVolumes", "DesktopFolder", "AppManagement",
        "FilesAndFolders", "Calendars", "LocalNetwork", "NetworkClient"}) {
    CAPTURE(name);
    for (const auto* family : {&grants->schema(), &pppc->schema()}) {
      const auto told = std::find_if(family->not_there.begin(), family->not_there.end(),
                                     [&](const auto& one) { return one.first == name; });
      CHECK(told != family->not_there.end());
      CHECK(find_attribute(*family, name) == nullptr);
    }
  }
}
