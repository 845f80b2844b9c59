#include "providers/machine/debug.h"

#include <filesystem>

#include "providers/machine/debug_reader.h"
#include "tests/catch.h"
#include "tests/providers/recorded_mac.h"

using namespace gopol;
using namespace gopol::tests;
using dsl::Path;
using dsl::Value;

namespace {

const auto debug_family = providers::debug_provider();

const std::string server =
    "/Library/Developer/CommandLineTools/Library/PrivateFrameworks/LLDB.framework/Versions/A/"
    "Resources/debugserver";

Value seen(const RecordedMac& mac, const std::string& attribute) {
  return look(*debug_family, mac.host(), "", attribute).value;
}

const engine::Change both_on =
    change_of(*debug_family, "", {{"developer_mode", true}, {"group", true}});

}  // namespace

TEST_CASE("developer mode is what DevToolsSecurity says, or unknown") {
  CHECK(providers::parse_developer_mode("Developer mode is currently enabled.\n") == true);
  CHECK(providers::parse_developer_mode("Developer mode is currently disabled.\n") == false);
  CHECK(!providers::parse_developer_mode("Unable to authenticate. Canceling.\n"));
  const RecordedMac mac;
  CHECK(seen(mac, "developer_mode") == Value(false));
  mac.temp.write_program("tools/DevToolsSecurity", "#!/bin/sh\necho what >&2\nexit 3\n");
  CHECK(reason(seen(mac, "developer_mode")) == "/usr/sbin/DevToolsSecurity gives no answer: what");
}

TEST_CASE("a member of _developer is who dscl lists") {
  const RecordedMac mac;
  const std::string group = "root/private/var/db/dslocal/nodes/Default/groups/_developer";
  CHECK(seen(mac, "group") == Value(false));
  mac.temp.write(group, "root\ndeveloper\n");
  CHECK(seen(mac, "group") == Value(false));
  mac.temp.write(group, "root\ndev\n");
  CHECK(seen(mac, "group") == Value(true));
  mac.temp.write(group, "");
  CHECK(seen(mac, "group") == Value(false));
  mac.temp.write_program("tools/dscl",
                         "#!/bin/sh\necho '<dscl_cmd> DS Error: -14136 (eDSRecordNotFound)' >&2\n"
                         "exit 56\n");
  CHECK(reason(seen(mac, "group")) ==
        "/usr/bin/dscl gives no answer: <dscl_cmd> DS Error: -14136 (eDSRecordNotFound)");
  mac.temp.write_program("tools/dscl", "#!/bin/sh\necho '<plist><dict><key>cut'\n");
  CHECK(reason(seen(mac, "group")) == "/usr/bin/dscl gives no answer: <plist><dict><key>cut");
}

TEST_CASE("debugserver is looked for where Delve looks") {
  const RecordedMac mac;
  CHECK(seen(mac, "debugserver") == Value(Path(server)));
  std::filesystem::remove((mac.temp / ("root" + server)).text);
  CHECK(seen(mac, "debugserver") ==
        Value(Path("/Applications/Xcode.app/Contents/SharedFrameworks/LLDB.framework/Versions/A/"
                   "Resources/debugserver")));
  std::filesystem::remove_all((mac.temp / "root/Applications").text);
  CHECK(seen(mac, "debugserver").is_absent());
  mac.say("[environment]", "[environment]\nDELVE_DEBUGSERVER_PATH = \"/opt/debugserver\"");
  CHECK(seen(mac, "debugserver") == Value(Path("/opt/debugserver")));
}

TEST_CASE("developer mode and the group are switched on and off") {
  const RecordedMac mac;
  engine::Host host = mac.host();
  const auto prepared = debug_family->prepare(both_on, host);
  REQUIRE(prepared);
  CHECK(prepared->demands.needs_root);
  CHECK(!prepared->demands.irreversible);
  CHECK(apply_to(*debug_family, host, both_on) == "");
  CHECK(seen(mac, "developer_mode") == Value(true));
  CHECK(seen(mac, "group") == Value(true));
  CHECK(apply_to(*debug_family, host, both_on) == "");
  const auto both_off = change_of(*debug_family, "", {{"developer_mode", false}, {"group", false}});
  CHECK(apply_to(*debug_family, host, both_off) == "");
  CHECK(seen(mac, "developer_mode") == Value(false));
  CHECK(seen(mac, "group") == Value(false));
}

TEST_CASE("if the group cannot be changed, developer mode is as it was") {
  const RecordedMac mac;
  std::string dscl = mac.temp.read("tools/dscl");
  dscl.replace(dscl.find("is_root ||"), 7, "false");
  mac.temp.write("tools/dscl", dscl);
  engine::Host host = mac.host();
  CHECK(apply_to(*debug_family, host, both_on) ==
        "`/usr/bin/dscl . -append /Groups/_developer GroupMembership dev` ended with status 40: "
        "<dscl_cmd> DS Error: -14120 (eDSPermissionError)");
  CHECK(seen(mac, "developer_mode") == Value(false));
}

TEST_CASE("without a password nothing of it changes") {
  const RecordedMac mac;
  mac.fail("no-password");
  engine::Host host = mac.host();
  CHECK(apply_to(*debug_family, host, both_on) ==
        "`/usr/sbin/DevToolsSecurity -enable` ended with status 1: sudo: a password is required | "
        "run `sudo -v` in this terminal, then `gopol apply` again");
  CHECK(seen(mac, "developer_mode") == Value(false));
}

TEST_CASE("Linux has no developer mode, which is said") {
  const Machine box;
  CHECK(reason(look(*debug_family, box.host(), "", "developer_mode").value) ==
        "only a Mac has developer mode");
  CHECK(!debug_family->prepare(both_on, box.host()));
}
