#include "providers/xcode/clt.h"

#include <filesystem>

#include "tests/catch.h"
#include "tests/providers/recorded_mac.h"

using namespace gopol;
using namespace gopol::tests;
using dsl::Value;
using dsl::Version;

namespace {

const auto provider =
    providers::xcode::clt_provider({"", false, dsl::Path(GOPOL_SOURCE_DIR "/share")});

const std::string tools = "root/Library/Developer/CommandLineTools";
const std::string receipt =
    "root/Library/Apple/System/Library/Receipts/com.apple.pkg.CLTools_Executables.plist";

Version apple(const std::string& text) { return {text, dsl::VersionScheme::apple}; }

engine::Observation seen(const RecordedMac& mac, const std::string& attribute) {
  return look(*provider, mac.host(), "", attribute);
}

/// A change of `version` to what the range from `low` allows.
engine::Change at_least(const std::string& low) {
  auto out = change_of(*provider, "", {{"version", dsl::Unknown{"chosen when it is applied", ""}}});
  out.assignments[0].allowed.range = dsl::Range{dsl::Bound{apple(low), true}, {}};
  return out;
}

engine::Change exactly(const std::string& version) {
  return change_of(*provider, "", {{"version", apple(version)}});
}

}  // namespace

TEST_CASE("Command Line Tools are read from the receipt, their compiler and their SDKs") {
  const RecordedMac mac;
  CHECK(seen(mac, "version").value == Value(apple("15.3")));
  CHECK(seen(mac, "version").findings.empty());
  CHECK(seen(mac, "receipt").value == Value("15.3.0.0.1.1708646388"));
  CHECK(seen(mac, "clang").value == Value(apple("15.0.0")));
  CHECK(seen(mac, "clang_build").value == Value(apple("1500.3.9.4")));
  CHECK(seen(mac, "sdks").value == Value(dsl::List{{"13.3", "14.4"}}));
  CHECK(seen(mac, "newest_sdk").value == Value(apple("14.4")));
}

TEST_CASE("no program is started while there is a receipt, and what cannot be read is unknown") {
  const RecordedMac mac;
  std::filesystem::remove_all((mac.temp / "tools").text);
  CHECK(seen(mac, "version").value == Value(apple("15.3")));
  CHECK(seen(mac, "clang").value.is_unknown());
  const std::string sdk = tools + "/SDKs/MacOSX99.sdk";
  std::filesystem::create_symlink("MacOSX99.sdk", (mac.temp / sdk).text);
  CHECK(seen(mac, "sdks").value.is_unknown());
  std::filesystem::remove((mac.temp / receipt).text);
  std::filesystem::create_symlink("com.apple.pkg.CLTools_Executables.plist",
                                  (mac.temp / receipt).text);
  CHECK(seen(mac, "version").value.is_unknown());
}

TEST_CASE("a receipt without its compiler is no installation") {
  const RecordedMac mac;
  std::filesystem::remove((mac.temp / (tools + "/usr/bin/clang")).text);
  const auto version = seen(mac, "version");
  CHECK(version.value.is_absent());
  CHECK(version.findings ==
        std::vector<std::string>{"the receipt says 15.3, but "
                                 "/Library/Developer/CommandLineTools/usr/bin/clang is missing"});
  CHECK(seen(mac, "clang").value.is_absent());
  std::filesystem::remove_all((mac.temp / "root/Library").text);
  CHECK(seen(mac, "version").value.is_absent());
  CHECK(seen(mac, "version").findings.empty());
  CHECK(seen(mac, "newest_sdk").value.is_absent());
}

TEST_CASE("tools without a receipt are known by their compiler and SDK, if that is enough") {
  const RecordedMac mac;
  std::filesystem::remove((mac.temp / receipt).text);
  CHECK(seen(mac, "version").value == Value(apple("15.3")));
  mac.temp.write(tools + "/usr/bin/clang", "Apple clang version 14.0.3 (clang-1403.0.22.14.1)\n");
  CHECK(reason(seen(mac, "version").value) ==
        "there is no receipt, and clang-1403.0.22.14.1 belongs to no release that gopol knows");
  std::filesystem::remove_all((mac.temp / (tools + "/SDKs")).text);
  CHECK(reason(seen(mac, "version").value) ==
        "there is no receipt, and clang-1403.0.22.14.1 belongs to 14.3 and 14.3.1");
  mac.temp.write("tools/clang", "#!/bin/sh\nexit 1\n");
  CHECK(reason(seen(mac, "version").value) ==
        "`/Library/Developer/CommandLineTools/usr/bin/clang --version` does not say which");
}

TEST_CASE("a receipt that the SDKs contradict is a finding") {
  const RecordedMac mac;
  std::filesystem::remove_all((mac.temp / (tools + "/SDKs/MacOSX14.4.sdk")).text);
  const auto version = seen(mac, "version");
  CHECK(version.value == Value(apple("15.3")));
  CHECK(version.findings ==
        std::vector<std::string>{
            "the receipt says 15.3, which brings SDK 14.4; the newest SDK here is 13.3"});
}

TEST_CASE(
    "an SDK that is newer than the table's is no finding; tools newer than their receipt are") {
  const RecordedMac mac;
  const auto settings = [&](const std::string& version) {
    mac.temp.write(tools + "/SDKs/MacOSX14.4.sdk/SDKSettings.json",
                   R"({"CanonicalName":"macosx)" + version + R"(","Version":")" + version + "\"}");
  };
  settings("14.4.1");
  CHECK(seen(mac, "version").findings.empty());
  settings("15.5");
  const auto version = seen(mac, "version");
  CHECK(version.findings ==
        std::vector<std::string>{
            "the receipt says 15.3, but MacOSX.sdk is 15.5, which is newer than those tools"});
}

TEST_CASE("half of the tools is no installation") {
  const RecordedMac mac;
  std::filesystem::remove((mac.temp / (tools + "/usr/lib/libxcrun.dylib")).text);
  CHECK(seen(mac, "version").value.is_absent());
}

TEST_CASE("a receipt that cannot be understood makes the version unknown") {
  const RecordedMac mac;
  mac.temp.write(receipt, "bplist00 and then nothing");
  CHECK(reason(seen(mac, "version").value) ==
        "/Library/Apple/System/Library/Receipts/com.apple.pkg.CLTools_Executables.plist names no "
        "version");
}

TEST_CASE("the newest allowed label is installed, betas and the system's own updates never") {
  RecordedMac mac;
  engine::Host host = mac.host();
  const auto prepared = provider->prepare(at_least("15.4"), host);
  REQUIRE(prepared);
  CHECK(prepared->demands.needs_root);
  CHECK(prepared->demands.irreversible);
  CHECK(apply_to(*provider, host, at_least("15.4")) == "");
  CHECK(seen(mac, "version").value == Value(apple("16.2")));
  CHECK(seen(mac, "newest_sdk").value == Value(apple("15.2")));
  CHECK(!mac.temp.has("root/tmp/.com.apple.dt.CommandLineTools.installondemand.in-progress"));
  CHECK(apply_to(*provider, host, at_least("15.4")) == "");
}

TEST_CASE("an exact version is installed by its own label, on a Mac that had no tools too") {
  RecordedMac mac;
  std::filesystem::remove_all((mac.temp / tools).text);
  std::filesystem::remove((mac.temp / receipt).text);
  mac.temp.write("updates/installed", "");
  engine::Host host = mac.host();
  CHECK(apply_to(*provider, host, exactly("16.1")) == "");
  CHECK(seen(mac, "version").value == Value(apple("16.1")));
}

TEST_CASE("what keeps the tools from being installed is said, and nothing changes") {
  struct Case {
    const char* fault;
    engine::Change change;
    const char* says;
  };
  for (const auto& [fault, change, says] : {
           Case{"none", exactly("16.3"),
                "Software Update offers 16.2, 16.1, 16.3 (a beta), and none is 16.3 | "
                "developer.apple.com/download/all has others"},
           Case{"none", at_least("26"),
                "Software Update offers 16.2, 16.1, 16.3 (a beta), and none is >= 26 | "
                "developer.apple.com/download/all has others"},
           Case{"no-network", exactly("16.2"),
                "`/usr/sbin/softwareupdate -l` ended with status 1: Can't connect to the Apple "
                "Software Update server, because you are not connected to the Internet."},
           Case{"no-password", exactly("16.2"),
                "`/usr/sbin/softwareupdate -i \"Command Line Tools for Xcode-16.2\"` ended with "
                "status "
                "1: sudo: a password is required | run `sudo -v` in this terminal, then `gopol "
                "apply` again"},
       }) {
    RecordedMac mac;
    mac.fail(fault);
    engine::Host host = mac.host();
    CAPTURE(fault);
    CHECK(apply_to(*provider, host, change) == says);
    CHECK(seen(mac, "version").value == Value(apple("15.3")));
    CHECK(mac.temp.count("root/private/tmp") == 1);
  }
}

TEST_CASE("softwareupdate's status is no proof: what is there afterwards is") {
  RecordedMac mac;
  std::string tool = mac.temp.read("tools/softwareupdate");
  tool.replace(tool.find("install_label \"$2\""), 18, "install_label \"Command Line Tools\"");
  mac.temp.write("tools/softwareupdate", tool);
  engine::Host host = mac.host();
  CHECK(apply_to(*provider, host, exactly("16.2")) ==
        "the Command Line Tools are 15.3 after softwareupdate said: No updates are available.");
}

TEST_CASE("Linux has no Command Line Tools, which is said") {
  const Machine linux_box;
  CHECK(reason(look(*provider, linux_box.host(), "", "version").value) ==
        "only a Mac has Command Line Tools");
  CHECK(!provider->prepare(exactly("16.2"), linux_box.host()));
}
