#include "cli/workspace/plan/saved_plan.h"

#include "tests/catch.h"

using namespace gopol;

namespace {

cli::SavedItem item(dsl::Demands demands) {
  cli::SavedItem out;
  out.agreed.slot = {"thing", "k", "a", ""};
  out.agreed.state = engine::ItemState::change;
  out.agreed.current = dsl::Value("is");
  out.agreed.target = dsl::Value("will be");
  out.agreed.allowed.one_of = std::vector<dsl::Value>{dsl::Value("will be")};
  out.agreed.rule = "r";
  out.agreed.demands = demands;
  out.place = "a.policy:2";
  return out;
}

/// The policy of one rule that wants this of a file.
std::string hash_with(const char* attribute, const char* value) {
  cli::LoadedPolicy loaded;
  dsl::Assertion wanted;
  wanted.slot = {"file", "/etc/motd", attribute, ""};
  wanted.allowed.one_of = std::vector<dsl::Value>{dsl::Value(value)};
  loaded.policy.rules.emplace_back();
  loaded.policy.rules.back().assertions.push_back(wanted);
  return cli::policy_hash(loaded, dsl::SourceMap());
}

}  // namespace

TEST_CASE("a saved plan reads back with all that a person agreed to") {
  cli::SavedPlan plan;
  plan.version = "1";
  plan.machine = "m";
  plan.at = "2026-11-23T14:03:00Z";
  plan.origin = {"a.policy", "/home/ann", "source", "main", "path", "name", "4f2c91a", "unsigned"};
  plan.policy = "p";
  plan.facts = "f";
  plan.ledger = "l";
  plan.knowledge = "k";
  for (int bits = 0; bits < 8; ++bits) {
    dsl::Demands demands;
    demands.needs_root = (bits & 1) != 0;
    demands.irreversible = (bits & 2) != 0;
    demands.needs_person = (bits & 4) != 0;
    plan.items.push_back(item(demands));
  }
  const auto read = cli::parse_saved_plan(cli::to_text(plan), "x.plan");
  REQUIRE(read);
  CHECK(cli::to_text(*read) == cli::to_text(plan));
  REQUIRE(read->items.size() == plan.items.size());
  for (std::size_t i = 0; i < plan.items.size(); ++i) {
    CAPTURE(i);
    const dsl::Demands &was = plan.items[i].agreed.demands, &is = read->items[i].agreed.demands;
    CHECK(is.needs_root == was.needs_root);
    CHECK(is.irreversible == was.irreversible);
    CHECK(is.needs_person == was.needs_person);
    CHECK(read->items[i].agreed.target == plan.items[i].agreed.target);
    CHECK(read->items[i].place == "a.policy:2");
  }
  std::string changed = cli::to_text(plan);
  changed.replace(changed.find("will be"), 7, "WILL BE");
  CHECK(!cli::parse_saved_plan(changed, "x.plan"));
}

TEST_CASE("what a policy copies into files is a part of it") {
  CHECK(hash_with("content", "a") == hash_with("content", "a"));
  CHECK(hash_with("content", "a") != hash_with("content", "b"));
}
