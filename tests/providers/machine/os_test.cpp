#include "providers/machine/os.h"

#include "providers/machine/rosetta.h"
#include "tests/catch.h"
#include "tests/providers/machine.h"

using namespace gopol;
using namespace gopol::tests;
using dsl::Value;

namespace {

const auto os_family = providers::os_provider();
const std::string folder = "System/Library/CoreServices/";

Machine mac() {
  Machine out;
  out.is.platform = "macos";
  out.is.machine = "arm64";
  out.is.sysctls = {{"hw.optional.arm64", "1"}};
  return out;
}

std::string list_of(const std::string& version, const std::string& build) {
  return "<plist version=\"1.0\"><dict><key>ProductVersion</key><string>" + version +
         "</string><key>ProductBuildVersion</key><string>" + build + "</string></dict></plist>";
}

Value seen(const Machine& machine, const std::string& attribute) {
  return look(*os_family, machine.host(), "", attribute).value;
}

}  // namespace

TEST_CASE("a number that macOS tells old programs is nobody's version") {
  for (const std::string version : {"10.16", "16.0", "16.2", "17.1.1", "25.9"}) {
    CAPTURE(version);
    const Machine machine = mac();
    machine.temp.write(folder + "SystemVersion.plist", list_of(version, "25C56"));
    CHECK(seen(machine, "version").is_unknown());
    CHECK(seen(machine, "name").is_unknown());
    CHECK(seen(machine, "build") == Value("25C56"));
    machine.temp.write(folder + ".SystemVersionPlatform.plist", list_of("26.2", "25C56"));
    CHECK(dsl::to_text(seen(machine, "version")) == "26.2");
  }
}

TEST_CASE(
    "what says of the system is not understood: the other list is asked, else it is unknown") {
  const std::string good = list_of("14.5", "23F79");
  for (const std::string& bad :
       {std::string(), std::string("garbage"), good.substr(0, good.size() / 2),
        std::string("<plist version=\"1.0\"><dict/></plist>"), list_of("", "23F79"),
        list_of("fourteen", "23F79"),
        std::string("<plist version=\"1.0\"><dict><key>ProductVersion</key><integer>14</integer>"
                    "</dict></plist>")}) {
    CAPTURE(bad);
    const Machine machine = mac();
    machine.temp.write(folder + ".SystemVersionPlatform.plist", bad);
    CHECK(seen(machine, "version").is_unknown());
    CHECK(seen(machine, "build").is_known() ==
          (bad.find("23F79") != std::string::npos && bad.ends_with("</plist>")));
    machine.temp.write(folder + "SystemVersion.plist", good);
    CHECK(dsl::to_text(seen(machine, "version")) == "14.5");
    CHECK(seen(machine, "build") == Value("23F79"));
  }
  CHECK(seen(mac(), "version").is_absent());
}

TEST_CASE("a comment in a property list is none of its text") {
  const Machine machine = mac();
  machine.temp.write(folder + ".SystemVersionPlatform.plist",
                     "<plist version=\"1.0\"><dict><key>ProductVersion</key><!-- now --><string>"
                     "15.1</string></dict></plist>");
  CHECK(dsl::to_text(seen(machine, "version")) == "15.1");
}

TEST_CASE("no plan promises Rosetta 2 on macOS 28") {
  const auto rosetta = providers::rosetta_provider();
  const auto there = change_of(*rosetta, "", {{"exists", true}});
  const Machine machine = mac();
  machine.temp.write(folder + ".SystemVersionPlatform.plist", list_of("28.0", "27A1"));
  CHECK(why(rosetta->prepare(there, machine.host())) ==
        "macOS 28 and later have no Rosetta 2 for developer tools");
  machine.temp.write(folder + ".SystemVersionPlatform.plist", list_of("27.0", "26A428"));
  CHECK(rosetta->prepare(there, machine.host()));
}
