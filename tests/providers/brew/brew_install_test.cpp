#include "providers/brew/install.h"

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

const engine::Change jq_present = change_of(*formula_family, "jq", {{"exists", true}});

}  // namespace

TEST_CASE("a Mac with Apple silicon has its Homebrew in /opt/homebrew, and perhaps a second one") {
  const RecordedMac mac;
  CHECK(installation(mac, "prefix") == Value(Path("/opt/homebrew")));
  CHECK(installation(mac, "arch") == Value("arm64"));
  CHECK(installation(mac, "translated") == Value(false));
  mac.temp.write("root/usr/local/bin/brew", "#!/bin/sh\nexec /opt/homebrew/bin/brew \"$@\"\n");
  CHECK(look(*install_family, mac.host(), "", "prefix").findings.empty());
  fs::create_directories((mac.temp / "root/usr/local/Homebrew/Library/Homebrew").text);
  const auto both = look(*install_family, mac.host(), "", "prefix");
  CHECK(both.value == Value(Path("/opt/homebrew")));
  CHECK(both.findings ==
        std::vector<std::string>{"there is a second Homebrew, x86_64, in /usr/local"});
  fs::remove((mac.temp / (prefix + "bin/brew")).text);
  CHECK(installation(mac, "prefix") == Value(Path("/usr/local")));
  CHECK(installation(mac, "arch") == Value("x86_64"));
  CHECK(installation(mac, "translated") == Value(true));
}

TEST_CASE("an Intel Mac has its Homebrew in /usr/local; the folder alone is none") {
  const RecordedMac mac;
  mac.say("\"hw.optional.arm64\" = 1", "");
  fs::remove((mac.temp / (prefix + "bin/brew")).text);
  mac.temp.write("root/usr/local/bin/other", "");
  CHECK(installation(mac, "prefix").is_absent());
  mac.temp.write("root/usr/local/bin/brew", "");
  CHECK(installation(mac, "arch") == Value("x86_64"));
  CHECK(installation(mac, "translated") == Value(false));
}

TEST_CASE("gopol says how to get Homebrew, and the plan goes on") {
  const RecordedMac mac;
  fs::remove((mac.temp / (prefix + "bin/brew")).text);
  const auto change = change_of(*install_family, "", {{"prefix", Path("/opt/homebrew")}});
  engine::Host host = mac.host();
  const auto prepared = install_family->prepare(change, host);
  REQUIRE(prepared);
  CHECK(prepared->demands.needs_person);
  CHECK(prepared->note == "`gopol guide brew.install.prefix` shows a person how");
  CHECK(apply_to(*install_family, host, change)
            .starts_with("there is no Homebrew in the usual prefixes, ~/homebrew, ~/.linuxbrew, "
                         "HOMEBREW_PREFIX and PATH | a person who may use sudo installs it: "
                         "/bin/bash -c"));
  const RecordedMac intel;
  intel.temp.write("root/usr/local/bin/brew", "");
  fs::create_directories((intel.temp / "root/usr/local/Homebrew/Library/Homebrew").text);
  fs::remove((intel.temp / (prefix + "bin/brew")).text);
  engine::Host other = intel.host();
  CHECK(apply_to(*install_family, other, change)
            .starts_with("`prefix` of Homebrew is /usr/local, not /opt/homebrew | "));
  CHECK(formula_family->prepare(jq_present, host)->note ==
        "there is no Homebrew yet in the usual prefixes, ~/homebrew, ~/.linuxbrew, HOMEBREW_PREFIX "
        "and PATH");
  CHECK(apply_to(*formula_family, host, jq_present) ==
        "there is no Homebrew in the usual prefixes, ~/homebrew, ~/.linuxbrew, HOMEBREW_PREFIX and "
        "PATH | assert `brew.install { prefix = … }`, which says how to "
        "get it");
  CHECK(look(*formula_family, host, "go", "exists").value == Value(false));
  CHECK(look(*formula_family, host, "go", "version").value.is_absent());
}
