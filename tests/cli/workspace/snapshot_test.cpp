#include "cli/workspace/snapshot.h"

#include "cli/workspace/redact.h"
#include "providers/providers.h"
#include "tests/catch.h"
#include "tests/temp_folder.h"

using namespace gopol;
using dsl::Value;

namespace {

const dsl::Schemas& schemas() {
  static const dsl::Schemas all = engine::schemas_of(providers::standard_providers({}, {}));
  return all;
}

/// The value that is left of one, in a snapshot fit to be handed on.
std::string redacted(const dsl::Slot& slot, const Value& value) {
  engine::Facts facts;
  facts.add({.slot = slot, .value = value});
  cli::SnapshotOrigin origin{"box", ""};
  cli::redact({{"box", "ann"}, "key"}, schemas(), facts, origin);
  CHECK(origin.machine.starts_with("h-"));
  return dsl::to_text(facts.all().front().value);
}

}  // namespace

TEST_CASE("a snapshot reads back as it was written") {
  engine::Facts facts;
  const dsl::Slot set{"go.env", "", "GOFLAGS", ""}, unset{"go.env", "", "GOVCS", ""};
  const dsl::Slot of_key{"go.toolchain", "default", "version", ""};
  facts.add({.slot = set,
             .value = Value("-mod=mod"),
             .origin = "~/.config/go/env",
             .findings = {"hidden by GOFLAGS=-v", "other"},
             .elsewhere = {{"terminals", Value("-v"), "~/.zshrc:3"},
                           {"login shells", Value(dsl::Unknown{"because", ""}), "~/.zprofile:1"}},
             .misplaced = true});
  facts.add({.slot = unset, .value = Value("private:all"), .inherited = true});
  facts.add({.slot = of_key, .value = Value(dsl::Absent{})});
  const tests::TempFolder temp;
  const dsl::Path path = temp.write("facts.json", cli::snapshot_text(facts, {"box", "today"}));
  const auto read = cli::read_snapshot(path.text, schemas());
  REQUIRE(read);
  REQUIRE(read->all().size() == 3);
  for (const engine::Observation& one : facts.all()) {
    const engine::Observation* found = read->find(one.slot);
    REQUIRE(found != nullptr);
    CHECK(found->value == one.value);
    CHECK(found->origin.text() == one.origin.text());
    CHECK(found->inherited == one.inherited);
    CHECK(std::vector<std::string>(found->findings.begin(), found->findings.end()) ==
          std::vector<std::string>(one.findings.begin(), one.findings.end()));
    CHECK(found->misplaced == one.misplaced);
    REQUIRE(found->elsewhere.size() == one.elsewhere.size());
    for (std::size_t i = 0; i < one.elsewhere.size(); ++i) {
      CHECK(engine::force_text(*found, found->elsewhere[i]) ==
            engine::force_text(one, one.elsewhere[i]));
    }
  }
}

TEST_CASE("what is no snapshot is refused, and says why") {
  const std::pair<const char*, const char*> cases[] = {
      {"", "not JSON"},
      {"[]", "not JSON"},
      {R"({"schema":2,"facts":[]})", "another version"},
      {R"({"schema":1})", "no facts"},
      {R"({"schema":1,"facts":{}})", "no facts"},
      {R"({"schema":1,"facts":[{"value":1}]})", "a fact without slot or value"},
      {R"({"schema":1,"facts":[{"slot":{},"value":{"what":1}}]})", "a value of no known form"},
  };
  const tests::TempFolder temp;
  for (const auto& [text, why] : cases) {
    CAPTURE(text);
    const auto read = cli::read_snapshot(temp.write("facts.json", text).text, schemas());
    REQUIRE(!read);
    CHECK(read.error().front().code == "P0001");
    CHECK(read.error().front().message.text().ends_with(why));
  }
  CHECK(!cli::read_snapshot((temp / "none.json").text, schemas()));
}

TEST_CASE("of an address scheme, host and path are handed on, and no login") {
  const dsl::Slot proxy{"go.env", "", "GOPROXY", ""};
  const std::pair<const char*, const char*> cases[] = {
      {"https://go.corp/x", "https://go.corp/x"},
      {"https://u:p@go.corp/x", "https://go.corp/x"},
      {"https://u:p@ss@go.corp/x", "https://go.corp/x"},
      {"https://u@go.corp/a@b", "https://go.corp/a@b"},
      {"https://go.corp/x?token=1#2", "https://go.corp/x"},
      {"https://u:p@a.corp/x,https://v:q@b.corp", "https://a.corp/x,https://b.corp"},
  };
  for (const auto& [from, to] : cases) {
    CAPTURE(from);
    CHECK(redacted(proxy, Value(from)) == to);
  }
}

TEST_CASE("names become hashes wherever they stand as words; other text is not handed on") {
  const dsl::Slot root{"go.env", "", "GOROOT", ""}, flags{"go.env", "", "GOFLAGS", ""};
  const std::string path = redacted(root, Value(dsl::Path("/Users/ann/go/annex")));
  CHECK(path.find("/ann/") == std::string::npos);
  CHECK(path.find("/Users/h-") != std::string::npos);
  CHECK(path.find("/go/annex") != std::string::npos);
  CHECK(redacted(root, Value(dsl::Path("/ann/x"))).find("/ann/x") != std::string::npos);
  CHECK(redacted(flags, Value(dsl::List{{"-mod=mod"}})).find("-mod=mod") != std::string::npos);
  CHECK(redacted(flags, Value(dsl::List{{"-ldflags=-X main.key=s3cret"}})) == "unknown");
  const dsl::Slot content{"file", "/etc/motd", "content", ""};
  CHECK(redacted(content, Value("s3cret")) == "unknown");
}
