#include "providers/go/run/effective_facts.h"

#include <filesystem>

#include "tests/catch.h"
#include "tests/providers/recorded_mac.h"

using namespace gopol;
using namespace gopol::tests;
using dsl::Path;
using dsl::Value;

namespace {

const auto provider = providers::go::effective_provider();
const std::string mac_shop = "/Users/dev/shop";

Value seen(const RecordedMac& mac, const std::string& attribute) {
  return look(*provider, mac.host(), mac_shop, attribute).value;
}

}  // namespace

TEST_CASE("the Go of a folder is a fact for each of its sides") {
  const RecordedMac mac;
  mac.temp.write("root/Users/dev/shop/go.mod", "module a\n\ngo 1.22\n");
  CHECK(seen(mac, "version") == Value(dsl::Version{"1.22.4", dsl::VersionScheme::go}));
  CHECK(seen(mac, "path") == Value(Path("/opt/homebrew/bin/go")));
  CHECK(seen(mac, "toolchain") == Value("go1.22.4"));
  CHECK(seen(mac, "source") == Value("local"));
  CHECK(seen(mac, "decided_by") == Value("PATH"));
  CHECK(dsl::to_text(seen(mac, "proxy")) == "direct");
  CHECK(look(*provider, mac.host(), mac_shop, "version").origin.text() == "/Users/dev/.zprofile:2");
  mac.temp.write("root/Users/dev/shop/go.mod", "module a\n\ngo 1.23\n");
  CHECK(seen(mac, "decided_by") == Value("go.mod"));
  CHECK(seen(mac, "source") == Value("download"));
  CHECK(seen(mac, "path").is_absent());
}

TEST_CASE("a folder without a Go has none, with the reason as a finding") {
  const RecordedMac mac;
  const auto nowhere = look(*provider, mac.host(), mac_shop, "version");
  CHECK(nowhere.value.is_absent());
  CHECK(nowhere.findings == std::vector<std::string>{"there is no folder " + mac_shop});
  mac.temp.write("root/Users/dev/shop/go.mod", "go 1.23\n");
  mac.temp.write("root/Users/dev/Library/Application Support/go/env", "GOTOOLCHAIN=local\n");
  const auto stopped = look(*provider, mac.host(), mac_shop, "version");
  CHECK(stopped.value.is_absent());
  CHECK(stopped.findings.size() == 1);
  CHECK(seen(mac, "source").is_absent());
  mac.temp.write("root/Users/dev/.zprofile", "eval \"$(corp)\"\n");
  CHECK(seen(mac, "version").is_unknown());
  CHECK(seen(mac, "decided_by").is_unknown());
}

TEST_CASE("the family is only read") {
  engine::Change change{"go.effective", mac_shop, {}, {}};
  const RecordedMac mac;
  engine::Host host = mac.host();
  CHECK(!provider->prepare(change, host));
}
