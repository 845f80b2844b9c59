#include "cli/workspace/rehearse/rehearse_plan.h"

#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "engine/recorded/recorded_host.h"
#include "tests/catch.h"
#include "tests/policy_text.h"
#include "tests/table.h"

using namespace gopol;

namespace {

/// One block of tests/data/rehearsals.
struct Case {
  std::string name, machine, policy, expected;
  std::vector<std::pair<std::string, std::string>> files = {};  ///< added to the machine
};

/// What follows `word` and a blank.
std::string rest_of(const std::string& line, std::string_view word) {
  return line.size() > word.size() ? line.substr(word.size() + 1) : std::string();
}

std::vector<Case> cases_of(std::string_view file) {
  std::istringstream text(tests::read_file(tests::truth_path(file)));
  std::vector<Case> out;
  std::string* into = nullptr;
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("## ")) {
      out.push_back({rest_of(line, "##"), {}, {}, {}});
    } else if (line.starts_with("machine ")) {
      out.back().machine = rest_of(line, "machine");
    } else if (line.starts_with("file ")) {
      into = &out.back().files.emplace_back(rest_of(line, "file"), "").second;
    } else if (line == "policy") {
      into = &out.back().policy;
    } else if (line.starts_with("expect ")) {
      out.back().expected = rest_of(line, "expect");
    } else if (line.starts_with("|")) {
      into->append(rest_of(line, "|")).append("\n");
    }
  }
  return out;
}

/// What is said of the policy there; the machine itself stays as it is.
struct Rehearsed {
  std::string text;
  bool is_finding = false;
};

Rehearsed rehearsed(const Case& one) {
  cli::Workspace workspace;
  auto host = engine::recorded_host(dsl::Path(GOPOL_SOURCE_DIR "/examples/machines") / one.machine,
                                    {.writes = true}, workspace.sources);
  REQUIRE(host);
  for (const auto& [path, text] : one.files) REQUIRE(host->disk().replace(dsl::Path(path), text));
  workspace.host = std::make_unique<engine::Host>(std::move(*host));
  workspace.providers =
      providers::standard_providers({.share = dsl::Path(GOPOL_SOURCE_DIR "/share")}, {});
  workspace.schemas = engine::schemas_of(workspace.providers);
  const auto policy = tests::policy_of(one.policy, workspace.schemas, workspace.sources);
  const auto planned = engine::plan_on(policy, workspace.world(), {});
  REQUIRE(planned);
  CAPTURE(one.name);
  CHECK(planned->plan.has_work());
  const auto all = cli::rehearse_plan(policy, *planned, {}, workspace);
  Rehearsed out;
  for (const cli::Consequence& each : all) out.text += cli::to_text(each) + "\n";
  out.is_finding = cli::is_finding(all);
  return out;
}

}  // namespace

TEST_CASE("a policy that harms the machine is announced") {
  for (const Case& one : cases_of("rehearsals/harmful.txt")) {
    const Rehearsed said = rehearsed(one);
    CAPTURE(one.name, one.expected, said.text);
    CHECK(said.text.find(one.expected) != std::string::npos);
    const bool breaks = one.expected.starts_with("breaks") || one.expected.starts_with("fails");
    CHECK((said.is_finding || !breaks));
  }
}

TEST_CASE("a policy that breaks nothing raises no alarm") {
  for (const Case& one : cases_of("rehearsals/harmless.txt")) {
    const Rehearsed said = rehearsed(one);
    CAPTURE(one.name, said.text);
    CHECK(!said.is_finding);
  }
}

TEST_CASE("a plan without work asks nothing") {
  const Case same{"", "m4-tahoe-managed",
                  "enforce r {\n  because \"a case\"\n  owner \"tests\"\n"
                  "  go.env { GOPROXY = [\"https://goproxy.corp.example\"] }\n}\n",
                  ""};
  cli::Workspace workspace;
  auto host = engine::recorded_host(dsl::Path(GOPOL_SOURCE_DIR "/examples/machines") / same.machine,
                                    {}, workspace.sources);
  REQUIRE(host);
  workspace.host = std::make_unique<engine::Host>(std::move(*host));
  workspace.providers = providers::standard_providers({}, {});
  workspace.schemas = engine::schemas_of(workspace.providers);
  const auto policy = tests::policy_of(same.policy, workspace.schemas, workspace.sources);
  const auto planned = engine::plan_on(policy, workspace.world(), {});
  REQUIRE(planned);
  CHECK(!planned->plan.has_work());
  CHECK(cli::rehearse_plan(policy, *planned, {}, workspace).empty());
}
