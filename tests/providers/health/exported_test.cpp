#include "providers/health/exported.h"

#include <string>

#include "tests/catch.h"
#include "tests/providers/machine.h"

using namespace gopol::tests;
using namespace gopol::providers;
using gopol::engine::Facts;

namespace {

/// What is said of one variable that a line of a profile exports.
std::string said_of(const Machine& machine, const char* name, const std::string& value) {
  Facts facts;
  facts.add({.slot = {"session", name, "login", ""}, .value = value, .origin = "/home/ann/.p:1"});
  facts.add(
      {.slot = {"session", name, "terminal", ""}, .value = value, .origin = "/home/ann/.p:1"});
  const auto all = exported_ailments(facts, machine.host());
  CHECK(all.size() <= 1);  // one line, in two sessions
  return all.empty() ? "" : all.front().what;
}

}  // namespace

TEST_CASE("what a profile exports and go refuses is an error with its line") {
  Machine machine;
  machine.temp.write("opt/go/pkg/tool/keep", "");
  machine.temp.write("opt/none/bin/go", "");
  CHECK(said_of(machine, "GOROOT", "/opt/go").empty());
  CHECK(said_of(machine, "GOROOT", "/opt/none") ==
        "/home/ann/.p:1 exports GOROOT as /opt/none: no Go is there: every go command fails");
  CHECK_FALSE(said_of(machine, "GOROOT", "go").empty());
  CHECK(said_of(machine, "GOPATH", "/home/ann/go:/srv/go").empty());
  for (const auto& [name, value] :
       {std::pair("GOPATH", "~/go"), std::pair("GOPATH", "/a:b"), std::pair("GOBIN", "bin"),
        std::pair("GOTOOLCHAIN", "1.22"), std::pair("GOSUMDB", "")}) {
    CAPTURE(name, value);
    const bool is_set = *value != '\0';
    CHECK(said_of(machine, name, value).empty() != is_set);
  }
  CHECK(said_of(machine, "GOTOOLCHAIN", "local").empty());
  CHECK(said_of(machine, "EDITOR", "~/bin/vim").empty());
}
