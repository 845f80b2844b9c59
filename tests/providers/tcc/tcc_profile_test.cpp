#include <set>

#include "providers/read/plist_tree.h"
#include "providers/tcc/designated.h"
#include "providers/tcc/mobileconfig.h"
#include "providers/tcc/pppc_state.h"
#include "providers/tcc/requirement_text.h"
#include "providers/tcc/services.h"
#include "tests/catch.h"
#include "tests/providers/recorded_mac.h"
#include "tests/providers/tcc/tcc_mac.h"
#include "tests/table.h"

using namespace gopol;
using namespace gopol::tests;
using namespace gopol::providers::tcc;

namespace {

/// The requirement, or what is wrong.
std::string designated(const std::string& client, const engine::Host& host) {
  const auto found = designated_requirement(client, host);
  return found ? found->requirement : found.error().front().message.text();
}

/// What a profile would say, or why not.
std::string says(const Wish& wish, const engine::Host& host) {
  const auto entry = pppc_entry(wish, host);
  return entry ? entry->authorization : entry.error().front().message.text();
}

/// A `codesign` that answers with this.
void signs(const RecordedMac& mac, const std::string& line) {
  mac.temp.write("tools/codesign", "#!/bin/sh\necho \"Executable=$4\" >&2\necho '" + line + "'\n");
  std::filesystem::permissions((mac.temp / "tools/codesign").text,
                               std::filesystem::perms::owner_all);
}

void install(const RecordedMac& mac, const std::string& folder, const std::string& bundle,
             const std::string& program) {
  const std::string contents = "root/" + folder + "/Contents/";
  mac.temp.write(contents + "Info.plist", "<plist><dict><key>CFBundleIdentifier</key><string>" +
                                              bundle +
                                              "</string><key>CFBundleExecutable</key><string>it"
                                              "</string></dict></plist>");
  mac.temp.write(contents + "MacOS/it", program);
}

}  // namespace

TEST_CASE("what Apple seals is known by its name, what nobody signed by its hash") {
  TccMac mac;
  mac.application("Applications/Own.app", "dev.own", program_bytes("a.out"));
  const auto host = mac.host();
  CHECK(designated(terminal, host) == "identifier \"com.apple.Terminal\" and anchor apple");
  const auto own = designated_requirement("dev.own", host);
  REQUIRE(own);
  CHECK(own->dies_on_change);
  CHECK(own->requirement.starts_with("cdhash H\""));
  CHECK(parse_requirement(own->requirement));
  CHECK(designated("com.example.none", host) == "`com.example.none` is not installed here");
  mac.application("Users/dev/Applications/Other.app", "dev.own", program_bytes("other"));
  CHECK(designated("dev.own", mac.host()).find("is installed twice") != std::string::npos);
}

TEST_CASE("who is signed by a certificate is known as codesign says") {
  const RecordedMac mac;
  install(mac, "Applications/Code.app", "com.microsoft.VSCode",
          program_bytes("com.microsoft.VSCode", "UBF8T346G9", true));
  CHECK(designated("com.microsoft.VSCode", mac.host()) ==
        "nothing says how `/Applications/Code.app` shall be known: it is not signed");
  const std::string text = "identifier \"com.microsoft.VSCode\" and anchor apple generic";
  for (const std::string prefix : {"designated => ", "# designated => "}) {
    signs(mac, prefix + text);
    CHECK(designated("com.microsoft.VSCode", mac.host()) == text);
  }
  signs(mac, "designated => identifier \"never ends");
  CHECK(designated("com.microsoft.VSCode", mac.host()) != text);
}

TEST_CASE("a profile says of each service what Apple's payload can say", "[truth]") {
  const auto rows = truth_csv("tcc/services.csv");
  const TccMac mac("26.0");
  const auto host = mac.host();
  std::set<std::string> keys;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::string prefix = "kTCCService", &name = rows[i][0], &mdm = rows[i][5];
    if (!name.starts_with(prefix)) continue;
    const std::string service = name.substr(prefix.size());
    CAPTURE(service);
    const std::string receiver = service == "AppleEvents" ? terminal : "";
    const std::string allow = says({service, terminal, "allowed", receiver, ""}, host);
    const std::string deny = says({service, terminal, "denied", receiver, ""}, host);
    CHECK((deny == "Deny") == (mdm != "none"));
    CHECK((allow == "Allow") == (mdm == "allow+deny"));
    CHECK((allow == "AllowStandardUserToSetSystemService") == (mdm == "deny+standard-user"));
    CHECK(rows[i][4].empty() == (mdm == "none"));
    if (deny == "Deny") keys.insert(service);
    const Service* known = find_service(service);
    REQUIRE(known != nullptr);
    CHECK((known->anchor.empty() ? "" : "Privacy_" + std::string(known->anchor)) == rows[i][2]);
  }
  if (!rows.empty()) CHECK(keys.size() == 24);
}

TEST_CASE("what a profile cannot say on this macOS is refused") {
  const TccMac sonoma("14.5"), old("12.7"), golden("27.0");
  CHECK(says({"Accessibility", terminal, "allowed", "", ""}, sonoma.host()) == "Allow");
  CHECK(says({"Accessibility", terminal, "allowed", "", ""}, golden.host()) ==
        "no profile can say that Accessibility of `com.apple.Terminal` is allowed: macOS 27 has "
        "taken that from profiles");
  CHECK(says({"Accessibility", terminal, "denied", "", ""}, golden.host()) == "Deny");
  CHECK(says({"SystemPolicyAppBundles", terminal, "allowed", "", ""}, old.host()) ==
        "no profile can say that SystemPolicyAppBundles of `com.apple.Terminal` is allowed: macOS "
        "reads the key since 13");
  CHECK(says({"Photos", terminal, "limited", "", ""}, sonoma.host()) ==
        "no profile can say that Photos of `com.apple.Terminal` is limited: a profile allows or "
        "denies");
  CHECK(says({"AppleEvents", terminal, "allowed", "", ""}, sonoma.host()).find("automate") !=
        std::string::npos);
}

TEST_CASE("a profile is a property list, the same for the same decisions in any order") {
  const PppcEntry one{"SystemPolicyAllFiles",
                      terminal,
                      "identifier \"a\" & <b>",
                      "Allow",
                      "why\x01 <not>",
                      "",
                      "",
                      ""};
  const PppcEntry two{"Camera", "/usr/local/bin/dlv", "cdhash H\"00\"", "Deny", "", "", "", ""};
  const std::string text = mobileconfig({one, two}, {"com.example.gopol", "A & B"});
  CHECK(text == mobileconfig({two, one}, {"com.example.gopol", "A & B"}));
  CHECK(text != mobileconfig({one}, {"com.example.gopol", "A & B"}));
  const auto plist = providers::parse_plist(text);
  REQUIRE(plist);
  CHECK(plist->text_of("PayloadIdentifier") == "com.example.gopol");
  CHECK(plist->text_of("PayloadOrganization") == "A & B");
  CHECK(plist->text_of("PayloadUUID").size() == 36);
  CHECK(text.find("<string>why? &lt;not&gt;</string>") != std::string::npos);
  CHECK(text.find("<string>identifier \"a\" &amp; &lt;b&gt;</string>") != std::string::npos);
}

TEST_CASE("what a profile has decided is read from what the Mac keeps of it") {
  TccMac mac;
  const auto pppc = pppc_provider();
  const auto seen = [&](const std::string& client, const std::string& service) {
    return look(*pppc, mac.host(), client, service).value;
  };
  CHECK(seen(terminal, "Camera").is_absent());
  const auto entry = [](const std::string& says) {
    return "<dict><key>Authorization</key><string>" + says +
           "</string><key>CodeRequirement</key><string>anchor apple</string></dict>";
  };
  mac.profile(
      "<plist version=\"1.0\"><dict><key>com.apple.Terminal</key><dict>"
      "<key>kTCCServiceCamera</key>" +
      entry("Deny") + "<key>kTCCServiceSystemPolicyAllFiles</key>" + entry("Allow") +
      "<key>kTCCServiceScreenCapture</key>" + entry("AllowStandardUserToSetSystemService") +
      "<key>kTCCServiceAppleEvents</key><dict><key>com.apple.finder</key>" + entry("Allow") +
      "<key>com.apple.mail</key>" + entry("Deny") + "</dict></dict></dict></plist>");
  CHECK(seen(terminal, "Camera") == dsl::Value("denied"));
  CHECK(seen(terminal, "SystemPolicyAllFiles") == dsl::Value("allowed"));
  CHECK(seen(terminal, "ScreenCapture") == dsl::Value("handed_over"));
  CHECK(seen(terminal, "AppleEvents") == dsl::Value(dsl::List{{"com.apple.finder"}}));
  CHECK(seen(terminal, "Microphone").is_absent());
  CHECK(seen("com.example.other", "Camera").is_absent());
  mac.profile("<plist");
  CHECK(seen(terminal, "Camera").is_unknown());
}
