#include "providers/machine/rosetta.h"

#include "providers/read/program.h"
#include "tests/catch.h"
#include "tests/providers/recorded_mac.h"
#include "tests/table.h"

using namespace gopol;
using namespace gopol::tests;
using dsl::Value;

namespace {

const auto rosetta_family = providers::rosetta_provider();

Value is_there(const engine::Host& host) { return look(*rosetta_family, host, "", "exists").value; }

engine::Change wish(bool exists) { return change_of(*rosetta_family, "", {{"exists", exists}}); }

}  // namespace

TEST_CASE("Rosetta 2 is there exactly if its runtime is") {
  RecordedMac mac;
  CHECK(is_there(mac.host()) == Value(false));
  mac.temp.write("root/private/var/db/receipts/com.apple.pkg.RosettaUpdateAuto.plist", "");
  CHECK(is_there(mac.host()) == Value(false));
  mac.temp.write("root/Library/Apple/usr/libexec/oah/libRosettaRuntime", "");
  CHECK(is_there(mac.host()) == Value(true));
}

TEST_CASE("an Intel Mac and Linux have no Rosetta 2, and that is no failure") {
  RecordedMac mac;
  mac.say("\"hw.optional.arm64\" = 1", "");
  CHECK(is_there(mac.host()) == Value(false));
  CHECK(why(rosetta_family->prepare(wish(true), mac.host())) ==
        "this machine needs no Rosetta 2 and cannot have it");
  const Machine linux_box;
  CHECK(is_there(linux_box.host()) == Value(false));
}

TEST_CASE("Rosetta 2 is installed by softwareupdate as root, and cannot be taken back") {
  RecordedMac mac;
  engine::Host host = mac.host();
  const auto prepared = rosetta_family->prepare(wish(true), host);
  REQUIRE(prepared);
  CHECK(prepared->demands.needs_root);
  CHECK(prepared->demands.irreversible);
  CHECK(apply_to(*rosetta_family, host, wish(true)) == "");
  CHECK(is_there(host) == Value(true));
  CHECK(apply_to(*rosetta_family, host, wish(true)) == "");
}

TEST_CASE("what keeps Rosetta 2 from being installed is said in softwareupdate's words") {
  struct Case {
    const char *fault, *says;
  };
  for (const auto& [fault, says] : {
           Case{"no-network",
                "`/usr/sbin/softwareupdate --install-rosetta --agree-to-license` ended with status "
                "1: Can't connect to the Apple Software Update server, because you are not "
                "connected to the Internet. | Apple's servers refuse it at times: try again in a "
                "few minutes"},
           Case{"no-rosetta",
                "`/usr/sbin/softwareupdate --install-rosetta --agree-to-license` ended with status "
                "1: Rosetta 2 update is not available | Apple's servers refuse it at times: try "
                "again in a few minutes"},
           Case{"no-password",
                "`/usr/sbin/softwareupdate --install-rosetta --agree-to-license` ended with status "
                "1: sudo: a password is required | run `sudo -v` in this terminal, then `gopol "
                "apply` again"},
       }) {
    RecordedMac mac;
    mac.fail(fault);
    engine::Host host = mac.host();
    CHECK(apply_to(*rosetta_family, host, wish(true)) == says);
    CHECK(is_there(host) == Value(false));
  }
}

TEST_CASE("nothing removes Rosetta 2, so its absence is only verified") {
  RecordedMac mac;
  CHECK(why(rosetta_family->prepare(wish(false), mac.host())) ==
        "nothing removes Rosetta 2; gopol only verifies its absence");
}

TEST_CASE("the last line of an installation of Rosetta 2 is its result, noise is none") {
  if (truth_path("cpu").empty()) return;
  const std::string good = read_file(truth_path("cpu/rosetta-install-success.txt"));
  CHECK(providers::complaint_of({0, good, ""}) == "Install of Rosetta 2 finished successfully");
  // Without the second flag it waits for an answer that no program gives.
  const std::string asks = read_file(truth_path("cpu/rosetta-install-without-agree-flag.txt"));
  CHECK(providers::complaint_of({1, asks, ""}) == "Type A and press return to agree: ");
  const std::string bad_cpu = read_file(truth_path("cpu/arch-x86_64-without-rosetta.stderr.txt"));
  CHECK(providers::complaint_of({1, "", bad_cpu}) ==
        "arch: posix_spawnp: /bin/bash: Bad CPU type in executable");
}

TEST_CASE("a program for Intel that cannot start gets a way out") {
  const std::string said = read_file(truth_path("cpu/arch-x86_64-without-rosetta.stderr.txt"));
  REQUIRE(!said.empty());
  const RecordedMac mac;
  mac.temp.write_program("tools/oldtool", "#!/bin/sh\ncat >&2 <<'E'\n" + said + "E\nexit 1\n");
  engine::Host host = mac.host();
  const auto ran = providers::run_program({.argv = {"/usr/local/bin/oldtool"}}, host);
  REQUIRE(!ran);
  CHECK(ran.error().front().message.text().find("Bad CPU type in executable") != std::string::npos);
  CHECK(ran.error().front().help.text() ==
        "it is built for Intel, and this Mac has no Rosetta 2: install it for arm64, or "
        "`softwareupdate --install-rosetta`");
}
