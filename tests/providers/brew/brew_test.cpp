#include <unistd.h>

#include <filesystem>

#include "tests/catch.h"
#include "tests/providers/brew/families.h"
#include "tests/providers/recorded_mac.h"

using namespace gopol;
using namespace gopol::tests;
using dsl::Path;
using dsl::Value;

namespace fs = std::filesystem;

namespace {

Value brew(const std::string& version) { return dsl::Version{version, dsl::VersionScheme::brew}; }

engine::Observation seen(const RecordedMac& mac, const std::string& name,
                         const std::string& attribute) {
  return look(*formula_family, mac.host(), name, attribute);
}

engine::Change move(const std::string& name, const std::string& attribute, const Value& to) {
  return change_of(*formula_family, name, {{attribute, to}});
}

engine::Change at_least(const std::string& name, const std::string& low) {
  auto out = move(name, "version", dsl::Unknown{"chosen when it is applied", ""});
  out.assignments[0].allowed.range = dsl::Range{dsl::Bound{brew(low), true}, {}};
  return out;
}

std::string apply(const RecordedMac& mac, const engine::Change& change) {
  engine::Host host = mac.host();
  return apply_to(*formula_family, host, change);
}

}  // namespace

TEST_CASE("a formula is read from its racks, links and receipts") {
  const RecordedMac mac;
  CHECK(seen(mac, "go", "exists").value == Value(true));
  CHECK(seen(mac, "go", "version").value == brew("1.22.4"));
  CHECK(seen(mac, "go", "linked").value == brew("1.22.4"));
  CHECK(seen(mac, "go", "kegs").value == Value(dsl::List{{"1.22.4"}}));
  CHECK(seen(mac, "go", "pinned").value == Value(false));
  CHECK(seen(mac, "go", "arch").value == Value("arm64"));
  CHECK(seen(mac, "go", "tap").value == Value("homebrew/core"));
  CHECK(seen(mac, "go", "on_request").value == Value(true));
  CHECK(seen(mac, "homebrew/core/go", "version").value == brew("1.22.4"));
  CHECK(seen(mac, "delve", "exists").value == Value(false));
  CHECK(seen(mac, "delve", "version").value.is_absent());
  CHECK(seen(mac, "delve", "tap").value.is_absent());
  CHECK(formula_family->keys(mac.host()) == std::vector<std::string>{"go"});
}

TEST_CASE("files and empty folders in a rack are no kegs; the linked keg is in use, or the last") {
  const RecordedMac mac;
  const std::string rack = prefix + "Cellar/tool/";
  fs::create_directories((mac.temp / (rack + "1.9")).text);
  mac.temp.write(rack + ".DS_Store", "");
  CHECK(seen(mac, "tool", "exists").value == Value(false));
  for (const char* keg : {"1.9", "1.10_1", "1.10", "HEAD-0a1b2c3"})
    mac.temp.write(rack + keg + "/INSTALL_RECEIPT.json", "no receipt");
  CHECK(seen(mac, "tool", "kegs").value ==
        Value(dsl::List{{"HEAD-0a1b2c3", "1.9", "1.10", "1.10_1"}}));
  CHECK(seen(mac, "tool", "version").value == brew("1.10_1"));
  CHECK(reason(seen(mac, "tool", "tap").value) == "its INSTALL_RECEIPT.json is no receipt");
  fs::create_symlink("../Cellar/tool/1.10", (mac.temp / (prefix + "opt/tool")).text);
  CHECK(seen(mac, "tool", "version").value == brew("1.10"));
  CHECK(seen(mac, "tool", "linked").value.is_absent());
  fs::create_symlink("../../../Cellar/tool/1.9",
                     (mac.temp / (prefix + "var/homebrew/linked/tool")).text);
  CHECK(seen(mac, "tool", "version").value == brew("1.9"));
}

TEST_CASE("an alias is no formula, whether it is installed or not") {
  const RecordedMac mac;
  const auto golang = seen(mac, "golang", "exists");
  CHECK(golang.value == Value(false));
  CHECK(golang.findings == std::vector<std::string>{"`golang` is another name of `go`"});
  CHECK(why(formula_family->prepare(move("golang", "exists", true), mac.host())) ==
        "`golang` is another name of `go`");
  CHECK(apply(mac, move("dlv", "exists", true)) ==
        "`dlv` is another name of `delve` | write `brew.formula \"delve\"`");
}

TEST_CASE("what could be a path or an option is no name of a formula") {
  const RecordedMac mac;
  for (const char* name : {"", "--force", "..", "../go", "a/b", "/opt/x/y", "a b", "a\n", ".x"}) {
    CAPTURE(name);
    CHECK(reason(seen(mac, name, "exists").value).ends_with("is no name of a formula"));
    CHECK(!formula_family->prepare(move(name, "exists", true), mac.host()));
    CHECK(apply(mac, move(name, "exists", false)).ends_with("is no name of a formula"));
  }
  for (const char* name : {"go@1.21", "user/tap/tool", "libsigc++", "0ad"})
    CHECK(seen(mac, name, "exists").value == Value(false));
}

TEST_CASE("a formula is installed and removed by brew") {
  const RecordedMac mac;
  CHECK(apply(mac, move("delve", "exists", true)) == "");
  CHECK(seen(mac, "delve", "version").value == brew("1.22.1"));
  CHECK(apply(mac, move("delve", "exists", true)) == "");
  CHECK(apply(mac, at_least("gopls", "0.16")) == "");
  CHECK(seen(mac, "gopls", "exists").value == Value(true));
  CHECK(apply(mac, move("gopls", "exists", false)) == "");
  CHECK(seen(mac, "gopls", "exists").value == Value(false));
}

TEST_CASE("brew has one version of a formula: another one is refused before anything changes") {
  const RecordedMac mac;
  CHECK(apply(mac, at_least("delve", "1.23")) ==
        "brew has delve 1.22.1, and the policy wants >= 1.23 | brew has one version of a formula; "
        "`delve@…` may be another");
  CHECK(seen(mac, "delve", "exists").value == Value(false));
  CHECK(apply(mac, move("go", "version", brew("1.21.11"))) ==
        "brew has go 1.22.5, and the policy wants 1.21.11 | brew has one version of a formula; "
        "`go@…` may be another");
  CHECK(seen(mac, "go", "version").value == brew("1.22.4"));
}

TEST_CASE("brew's index is brought up to date if what it has is not allowed") {
  const RecordedMac mac;
  mac.temp.write("bottles-newer.txt", "delve 1.23.0 dlv\n");
  CHECK(apply(mac, at_least("delve", "1.23")) == "");
  CHECK(seen(mac, "delve", "version").value == brew("1.23.0"));
}

TEST_CASE("an upgrade cannot be taken back, and a pin outlives it") {
  const RecordedMac mac;
  engine::Host host = mac.host();
  CHECK(apply(mac, move("go", "pinned", true)) == "");
  CHECK(seen(mac, "go", "pinned").value == Value(true));
  const auto prepared = formula_family->prepare(at_least("go", "1.22.5"), host);
  REQUIRE(prepared);
  CHECK(prepared->demands.irreversible);
  CHECK(apply(mac, at_least("go", "1.22.5")) == "");
  CHECK(seen(mac, "go", "version").value == brew("1.22.5"));
  CHECK(seen(mac, "go", "pinned").value == Value(true));
}

TEST_CASE("pins are set and taken off; one that leads nowhere is a finding") {
  const RecordedMac mac;
  CHECK(apply(mac, move("go", "pinned", true)) == "");
  CHECK(seen(mac, "go", "pinned").value == Value(true));
  CHECK(apply(mac, move("go", "pinned", false)) == "");
  CHECK(seen(mac, "go", "pinned").value == Value(false));
  fs::create_directories((mac.temp / (prefix + "var/homebrew/pinned")).text);
  fs::create_symlink("../../../Cellar/go/1.20",
                     (mac.temp / (prefix + "var/homebrew/pinned/go")).text);
  const auto pinned = seen(mac, "go", "pinned");
  CHECK(pinned.value == Value(true));
  CHECK(pinned.findings ==
        std::vector<std::string>{"the pin /opt/homebrew/var/homebrew/pinned/go leads nowhere"});
}

TEST_CASE("what is removed could come back only from a bottle that brew kept") {
  const RecordedMac mac;
  const auto gone = move("go", "exists", false);
  CHECK(formula_family->prepare(gone, mac.host())->demands.irreversible);
  mac.temp.write(
      "root/Users/dev/Library/Caches/Homebrew/downloads/"
      "0123456789abcdef--go--1.22.4.arm64_sonoma.bottle.tar.gz",
      "");
  CHECK(!formula_family->prepare(gone, mac.host())->demands.irreversible);
  CHECK(apply(mac, move("go", "pinned", true)) == "");
  CHECK(apply(mac, gone) == "");
  CHECK(seen(mac, "go", "exists").value == Value(false));
  CHECK(apply(mac, gone) == "");
}

TEST_CASE("what brew does not finish is as it was: pins are set again, new kegs go") {
  const RecordedMac mac;
  CHECK(apply(mac, move("go", "pinned", true)) == "");
  mac.fail("needed");
  CHECK(apply(mac, move("go", "exists", false)) ==
        "`/opt/homebrew/bin/brew uninstall go` ended with status 1: Refusing to uninstall "
        "/opt/homebrew/Cellar/go because it is required by delve, which is currently installed.");
  CHECK(seen(mac, "go", "pinned").value == Value(true));
  const RecordedMac other;
  other.temp.write(prefix + "var/homebrew/pinned", "not a folder");
  auto both = move("delve", "exists", true);
  both.assignments.push_back({{"brew.formula", "delve", "pinned", ""}, false, true, {}});
  CHECK(apply(other, both).starts_with("`/opt/homebrew/bin/brew pin delve` ended with status 1"));
  CHECK(seen(other, "delve", "exists").value == Value(false));
}

TEST_CASE("brew runs natively, also where gopol does not") {
  const RecordedMac mac;
  mac.say("\"sysctl.proc_translated\" = 0", "\"sysctl.proc_translated\" = 1");
  CHECK(installation(mac, "translated") == Value(true));
  CHECK(apply(mac, move("delve", "exists", true)) == "");
  CHECK(seen(mac, "delve", "exists").value == Value(true));
}

TEST_CASE("as root, gopol starts brew as the owner of its prefix, never as root") {
  const RecordedMac mac;
  mac.say("uid = 501", "uid = 0");
  fs::rename((mac.temp / "tools/sudo").text, (mac.temp / "tools/real-sudo").text);
  mac.temp.write_program("tools/sudo",
                         "#!/bin/sh\necho \"$*\" >>\"$GOPOL_ROOT/sudo.log\"\n"
                         "exec \"${0%/*}/real-sudo\" \"$@\"\n");
  const std::string folder = (mac.temp / prefix).text;
  if (::getuid() == 0) {
    CHECK(apply(mac, move("delve", "exists", true)) ==
          "/opt/homebrew belongs to root, and brew refuses to run as root | give it to the user "
          "who installs: `sudo chown -R USER /opt/homebrew`");
    REQUIRE(::chown(folder.c_str(), 501, 20) == 0);
  }
  CHECK(apply(mac, move("delve", "exists", true)) == "");
  const std::string owner = ::getuid() == 0 ? "501" : std::to_string(::getuid());
  CHECK(mac.temp.read("root/sudo.log")
            .starts_with("-n -H -u #" + owner + " -- /usr/bin/env HOMEBREW_NO_ASK=1 "));
  CHECK(mac.temp.read("root/sudo.log").find(" /opt/homebrew/bin/brew install delve\n") !=
        std::string::npos);
}

TEST_CASE("nothing of Homebrew is read by a program, and what cannot be read is unknown") {
  const RecordedMac mac;
  fs::remove_all((mac.temp / "tools").text);
  CHECK(seen(mac, "go", "version").value == brew("1.22.4"));
  CHECK(installation(mac, "prefix") == Value(Path("/opt/homebrew")));
  const dsl::Path pin = mac.temp / (prefix + "var/homebrew/pinned");
  fs::create_symlink("pinned", pin.text);
  CHECK(seen(mac, "go", "pinned").value.is_unknown());
  fs::remove_all((mac.temp / prefix).text);
  fs::create_symlink("homebrew", (mac.temp / "root/opt/homebrew").text);
  CHECK(installation(mac, "prefix").is_unknown());
  CHECK(seen(mac, "go", "exists").value.is_unknown());
}

TEST_CASE("what brew refuses is said in its words") {
  const RecordedMac mac;
  CHECK(apply(mac, move("nonesuch", "exists", true)) ==
        "`/opt/homebrew/bin/brew info --json=v2 --formula nonesuch` ended with status 1: No "
        "formulae or casks found for nonesuch.");
  mac.fail("no-network");
  CHECK(apply(mac, move("delve", "exists", true)) ==
        "`/opt/homebrew/bin/brew install delve` ended with status 1: Failed to download resource "
        "\"delve\"");
  fs::remove((mac.temp / "root/Library/Preferences/com.apple.dt.Xcode.plist").text);
  CHECK(apply(mac, move("delve", "exists", true)) ==
        "`/opt/homebrew/bin/brew info --json=v2 --formula delve` ended with status 1: You have not "
        "agreed to the Xcode license. Please resolve this by running: sudo xcodebuild -license "
        "accept");
  CHECK(seen(mac, "delve", "exists").value == Value(false));
}
