#include <filesystem>

#include "dsl/check/check.h"
#include "dsl/syntax/parse.h"
#include "engine/apply/apply.h"
#include "engine/plan/planning.h"
#include "providers/providers.h"
#include "tests/catch.h"
#include "tests/providers/machine.h"

using namespace gopol::engine;
using namespace gopol::tests;
namespace dsl = gopol::dsl;

namespace {

constexpr std::string_view text = R"sh(gopol 1.0
profile files {
  owner "tests"
  enforce keep {
    because "they belong together"
    directory "/home/ann/x" { mode = "0750" }
    directory "/home/ann/x" present
    file "/home/ann/x/a" { content = "hi"   mode = "0600" }
    symlink "/home/ann/x/l" { target = "a" }
    symlink "/home/ann/x/l" present
    file "/home/ann/old" absent
    line "/home/ann/.profile" { lines includes ["umask 022"] }
    shell.profile sh { EDITOR = "vi" }
    path { first = "/home/ann/x" }
  }
}
)sh";

}  // namespace

TEST_CASE("a policy about files and profiles converges, and then changes nothing") {
  Machine machine;
  machine.is.user_shell = "/bin/sh";
  const auto providers = gopol::providers::standard_providers({}, {});
  const auto schemas = schemas_of(providers);
  dsl::SourceMap sources;
  dsl::Diagnostics problems;
  const dsl::Tree tree = dsl::parse(sources.add("p", std::string(text)), sources, problems);
  const auto policy = dsl::check({&tree, 1}, schemas, problems);
  for (const auto& problem : problems) CHECK(dsl::render(problem, sources) == "");
  if (!policy) CHECK(dsl::render(policy.error().front(), sources) == "");
  REQUIRE(policy);
  machine.temp.write("home/ann/old", "x");
  Host host = machine.host();
  const TempFolder state;
  auto journal = Journal::open(state / "journal");
  REQUIRE(journal);
  const auto planned = plan_on(*policy, {providers, schemas, host}, {});
  if (!planned) CHECK(dsl::render(planned.error().front(), sources) == "");
  REQUIRE(planned);
  const Report report = apply(*planned, *policy, providers, host, *journal, {});
  for (const auto& outcome : report.outcomes) {
    for (const auto& error : outcome.why) CHECK(dsl::render(error, sources) == "");
  }
  CHECK(report.converged());
  CHECK(!machine.temp.has("home/ann/old"));
  CHECK(machine.temp.read("home/ann/x/l") == "hi");
  const auto again = plan_on(*policy, {providers, schemas, host}, {});
  REQUIRE(again);
  CHECK(again->plan.changes.empty());
}
