#include "providers/go/env/telemetry.h"

#include "tests/catch.h"
#include "tests/providers/recorded_mac.h"

using namespace gopol;
using namespace gopol::tests;
using dsl::Value;

namespace {

const auto provider = providers::go::telemetry_provider();
const std::string file = "home/ann/.config/go/telemetry/mode";

engine::Observation seen(const Machine& machine) {
  return look(*provider, machine.host(), "", "mode");
}

}  // namespace

TEST_CASE("the mode of Go's telemetry is what stands before the day") {
  CHECK(providers::go::telemetry_mode("off") == "off");
  CHECK(providers::go::telemetry_mode("on 2024-08-13\n") == "on");
  CHECK(providers::go::telemetry_mode("") == "");
  const Machine machine;
  CHECK(seen(machine).value == Value("local"));
  CHECK(seen(machine).inherited);
  machine.temp.write(file, "on 2024-08-13");
  CHECK(seen(machine).value == Value("on"));
  CHECK(!seen(machine).inherited);
  machine.temp.write(file, "loud\n");
  CHECK(reason(seen(machine).value) ==
        "`/home/ann/.config/go/telemetry/mode` says `loud`, which is no mode of go");
}

TEST_CASE("the mode is written as go writes it, once, and taken back to the byte") {
  Machine machine;
  machine.is.now = std::chrono::system_clock::time_point(std::chrono::hours(24 * 20'000));
  const engine::Change off = change_of(*provider, "", {{"mode", "off"}});
  for (const std::string before : {"", "on 2024-08-13\n"}) {
    if (!before.empty()) machine.temp.write(file, before);
    engine::Host host = machine.host();
    const auto prepared = provider->prepare(off, host);
    REQUIRE(prepared);
    CHECK(prepared->edits.front().path.text == "/" + file);
    CHECK(prepared->edits.front().bytes == "off 2024-10-04");
    const auto made = make(*provider, off, host);
    CHECK(why(made) == "");
    CHECK(apply_to(*provider, host, off) == "");
    CHECK(machine.temp.read(file) == "off 2024-10-04");
    CHECK(why(engine::restore(made->images, host.disk())) == "");
    CHECK(machine.temp.has(file) == !before.empty());
    CHECK(machine.temp.read(file) == before);
  }
}

TEST_CASE("what cannot be written leaves the mode as it was") {
  const Machine machine;
  machine.temp.write(file, "local");
  for (int fail_at = 1; fail_at < 6; ++fail_at) {
    engine::Host host = machine.host(fail_at);
    const auto done = make(*provider, change_of(*provider, "", {{"mode", "off"}}), host);
    CHECK(machine.temp.read(file) == (done ? "off 1970-01-01" : "local"));
    if (done) break;
  }
}

TEST_CASE("on a Mac the mode lies beside the env file of go") {
  const RecordedMac mac;
  mac.temp.write("root/Users/dev/Library/Application Support/go/telemetry/mode", "off 2026-01-01");
  CHECK(look(*provider, mac.host(), "", "mode").value == Value("off"));
}
