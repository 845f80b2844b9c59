#include "providers/go/env/env.h"

#include <charconv>

#include "engine/plan/planning.h"
#include "providers/go/env/env_file.h"
#include "providers/go/env/env_variables.h"
#include "providers/go/env/env_write.h"
#include "tests/catch.h"
#include "tests/providers/machine.h"
#include "tests/table.h"

using namespace gopol;
namespace go = providers::go;

namespace {

/// `1.19..1.22 => reject: go: … || 1.23..1.27 => accept`: what that minor does.
std::string expected_of(std::string_view cell, int minor) {
  const auto number = [](std::string_view version) {
    int out = 0;
    version.remove_prefix(version.find('.') + 1);
    std::from_chars(version.data(), version.data() + version.size(), out);
    return out;
  };
  while (!cell.empty()) {
    const std::size_t end = std::min(cell.find(" || "), cell.size());
    const std::string_view part = cell.substr(0, end);
    cell.remove_prefix(std::min(end + 4, cell.size()));
    const std::size_t arrow = part.find(" => ");
    const std::string_view range = part.substr(0, arrow);
    const std::size_t dots = range.find("..");
    const int first = number(range.substr(0, dots));
    const int last = dots == std::string_view::npos ? first : number(range.substr(dots + 2));
    if (minor >= first && minor <= last) return std::string(part.substr(arrow + 4));
  }
  return "no such minor";
}

std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

}  // namespace

TEST_CASE("go env -w is refused as each Go refuses it", "[truth][go-table]") {
  for (const tests::Row& row : tests::truth_table("env-write.tsv")) {
    for (const int minor : {19, 21, 22, 23, 24, 25, 26, 27}) {
      CAPTURE(row[0], row[1], minor);
      const std::string refusal = go::env_write_refusal(row[1], minor);
      CHECK(trimmed(refusal.empty() ? "accept" : "reject: go: " + refusal) ==
            expected_of(row[2], minor));
    }
  }
}

TEST_CASE("refused edits leave the file alone, as go does", "[truth][go-table]") {
  CHECK(go::env_write_refusal("GOPROXY", 27) ==
        "arguments must be KEY=VALUE: invalid argument: GOPROXY");
  CHECK(go::env_write_refusal("GOVERSION=x", 22) == "GOVERSION cannot be modified");
}

TEST_CASE("variables are sorted and their defaults are of their own type") {
  std::string_view last;
  for (const go::EnvVariable& variable : go::env_variables()) {
    CAPTURE(variable.name);
    CHECK(last < variable.name);
    last = variable.name;
    CHECK(go::find_env_variable(variable.name) == &*go::find_env_variable(variable.name));
    if (variable.built_in.empty() || variable.validate == nullptr) continue;
    CHECK(variable.validate(go::value_of(variable, variable.built_in)));
  }
}

TEST_CASE("a value written is a value read") {
  struct Case {
    const char* name;
    dsl::Value value;
    const char* text;
  };
  const Case cases[] = {
      {"GOFLAGS", dsl::List{{"-mod=mod", "-ldflags=-s -w"}}, "-mod=mod '-ldflags=-s -w'"},
      {"GOPRIVATE", dsl::List{{"a.example", "b.example/*"}}, "a.example,b.example/*"},
      {"GOPROXY", dsl::Chain{{{"https://a", true}, {"direct", false}}}, "https://a|direct"},
      {"GOBIN", dsl::Path("/b"), "/b"},
      {"GO111MODULE", "on", "on"},
      {"GOSUMDB", "", ""},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    const auto* variable = go::find_env_variable(one.name);
    const auto text = go::text_of(*variable, one.value);
    REQUIRE(text);
    CHECK(*text == one.text);
    CHECK(go::value_of(*variable, *text) == one.value);
  }
}

TEST_CASE("the winning layer is the user's file, the toolchain's, then the built-in default") {
  tests::Machine machine;
  const auto provider = go::env_provider();
  const auto proxy = [&] { return tests::look(*provider, machine.host(), "", "GOPROXY"); };
  CHECK(dsl::to_text(proxy().value) == "https://proxy.golang.org,direct");
  CHECK(proxy().origin.text() == "built in");
  CHECK(proxy().inherited);
  machine.temp.write("home/ann/.local/share/gopol/go/current/go.env",
                     "GOPROXY=https://corp.example\n");
  CHECK(dsl::to_text(proxy().value) == "https://corp.example");
  CHECK(proxy().inherited);
  machine.temp.write("home/ann/.config/go/env", "GOPROXY=off\n");
  CHECK(dsl::to_text(proxy().value) == "off");
  CHECK(proxy().origin.text() == "/home/ann/.config/go/env");
  CHECK(!proxy().inherited);
}

TEST_CASE("absent, empty and a value are three things") {
  tests::Machine machine;
  const auto provider = go::env_provider();
  const auto sumdb = [&] { return tests::look(*provider, machine.host(), "", "GOSUMDB"); };
  CHECK(sumdb().value == dsl::Value("sum.golang.org"));
  machine.temp.write("home/ann/.config/go/env", "GOSUMDB=\n");
  CHECK(sumdb().value == dsl::Value(""));
  CHECK(!sumdb().inherited);
  CHECK(tests::look(*provider, machine.host(), "", "GOVCS").value == dsl::Value(dsl::Absent{}));
}

TEST_CASE("a process variable that hides the file is a finding, not drift") {
  tests::Machine machine;
  machine.temp.write("home/ann/.config/go/env", "GOPROXY=direct\n");
  machine.is.environment = {{"GOPROXY", "off"}, {"GOENV", "/elsewhere"}};
  const auto seen = tests::look(*go::env_provider(), machine.host(), "", "GOPROXY");
  CHECK(dsl::to_text(seen.value) == "direct");
  REQUIRE(seen.findings.size() == 2);
  CHECK(seen.findings[0] == "hidden by GOPROXY=off in this process");
}

TEST_CASE("a change of the env file takes hold, is idempotent, and undone to the byte") {
  tests::Machine machine;
  const std::string before = "# mine\nGOPROXY=off\r\njunk\nGOFLAGS=-v\n";
  machine.temp.write("home/ann/.config/go/env", before);
  const auto provider = go::env_provider();
  auto host = machine.host();
  const auto change = tests::change_of(
      *provider, "", {{"GOPROXY", dsl::Chain{{{"direct", false}}}}, {"GOFLAGS", dsl::Absent{}}});
  const auto prepared = provider->prepare(change, host);
  REQUIRE(prepared);
  REQUIRE(prepared->edits.size() == 1);
  const auto made = tests::make(*provider, change, host);
  REQUIRE(made);
  const std::string after = machine.temp.read("home/ann/.config/go/env");
  CHECK(after == "# mine\nGOPROXY=direct\njunk\n");
  CHECK(prepared->edits[0].bytes == after);
  REQUIRE(tests::make(*provider, change, host));
  CHECK(machine.temp.read("home/ann/.config/go/env") == after);
  REQUIRE(engine::restore(made->images, host.disk()));
  CHECK(machine.temp.read("home/ann/.config/go/env") == before);
}

TEST_CASE("a failing disk leaves the env file as it was") {
  tests::Machine machine;
  const std::string before = "GOPROXY=off\n";
  machine.temp.write("home/ann/.config/go/env", before);
  const auto provider = go::env_provider();
  auto host = machine.host(1);
  CHECK(!tests::make(*provider, tests::change_of(*provider, "", {{"GOSUMDB", "off"}}), host));
  CHECK(machine.temp.read("home/ann/.config/go/env") == before);
}

TEST_CASE("an old go that would refuse a line is named in the plan") {
  tests::Machine machine;
  machine.temp.write("home/ann/.local/share/gopol/go/current/VERSION", "go1.22.2\n");
  const auto provider = go::env_provider();
  const auto prepared =
      provider->prepare(tests::change_of(*provider, "", {{"GOAUTH", "netrc"}}), machine.host());
  REQUIRE(prepared);
  CHECK(prepared->note == "go 1.22 would refuse it: unknown go command variable GOAUTH");
}

TEST_CASE("a line of the login shell's profile that hides the file is told") {
  tests::Machine machine;
  machine.temp.write("home/ann/.profile", "# mine\nexport GOPROXY=off\nexport OTHER=1\n");
  const auto provider = go::env_provider();
  CHECK(tests::look(*provider, machine.host(), "", "GOSUMDB").elsewhere.empty());
  const auto seen = tests::look(*provider, machine.host(), "", "GOPROXY");
  REQUIRE(seen.elsewhere.size() == 1);
  CHECK(seen.elsewhere[0].where.text() == "login shells and terminals");
  CHECK(seen.elsewhere[0].origin.text() == "/home/ann/.profile:2");
  CHECK(dsl::to_text(seen.elsewhere[0].value) == "off");
  machine.temp.write("home/ann/.profile", "export GOPRIVATE=corp.example\n");
  const auto follows = tests::look(*provider, machine.host(), "", "GONOPROXY");
  REQUIRE(follows.elsewhere.size() == 1);
  CHECK(follows.elsewhere[0].origin.text() == "/home/ann/.profile:1");
  machine.temp.write("home/ann/.profile", "eval \"$(corp-setup)\"\n");
  const auto untold = tests::look(*provider, machine.host(), "", "GONOPROXY");
  REQUIRE(untold.elsewhere.size() == 1);
  CHECK(untold.elsewhere[0].value.is_unknown());
}
