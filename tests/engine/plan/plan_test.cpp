#include "engine/apply/apply.h"
#include "engine/apply/remember.h"

#include <algorithm>

#include "engine/plan/agreement.h"
#include "tests/catch.h"
#include "tests/fake_provider.h"
#include "tests/policy_text.h"
#include "tests/temp_folder.h"

using namespace gopol;
using engine::ItemState;
using Kind = engine::Outcome::Kind;

namespace {

/// A policy on a made-up world, from plan to apply.
class Machine {
 public:
  explicit Machine(const std::string& text) {
    dsl::Schema late = tests::fake_schema("late");
    late.after = {"thing"};
    providers_.push_back(tests::fake_provider(tests::fake_schema("box", true), world));
    providers_.push_back(tests::fake_provider(tests::fake_schema("thing"), world));
    providers_.push_back(tests::fake_provider(late, world));
    schemas_ = engine::schemas_of(providers_);
    policy_ = tests::policy_of(text, schemas_, sources_);
  }

  dsl::Result<engine::Planned> plan() const {
    return engine::plan_on(policy_, {providers_, schemas_, *host_}, {&ledger});
  }

  const dsl::Policy& policy() const { return policy_; }

  engine::Report apply() {
    auto planned = plan();
    REQUIRE(planned);
    auto journal = engine::Journal::open(temp_ / "journal.jsonl");
    REQUIRE(journal);
    engine::RunRecord record;
    record.run = "run";
    engine::RootAccess root([&](const auto& agreed) -> dsl::Result<std::unique_ptr<engine::Maker>> {
      asked_for_root.push_back(agreed.changes.size());
      if (!refusal.empty()) return dsl::problem("R4005", refusal);
      return engine::maker_here(providers_, *host_);
    });
    if (may_use_root) record.root = &root;
    const auto report = engine::apply(*planned, policy_, providers_, *host_, *journal, record);
    auto after = plan();
    REQUIRE(after);
    engine::remember(*planned, *after, policy_,
                     std::chrono::system_clock::time_point{std::chrono::seconds{1000}}, ledger);
    return report;
  }

  std::vector<Kind> kinds() {
    std::vector<Kind> out;
    for (const auto& outcome : apply().outcomes) out.push_back(outcome.kind);
    return out;
  }

  tests::FakeWorld world;
  engine::Ledger ledger;
  bool may_use_root = true;
  std::string refusal;                      ///< of who is asked for root
  std::vector<std::size_t> asked_for_root;  ///< for how many changes

 private:
  tests::TempFolder temp_;
  dsl::SourceMap sources_;
  engine::Providers providers_;
  dsl::Schemas schemas_;
  dsl::Policy policy_;
  std::unique_ptr<engine::Host> host_ = tests::empty_host();
};

std::vector<ItemState> states_of(const engine::Planned& planned) {
  std::vector<ItemState> out;
  for (const engine::Item& item : planned.plan.items) out.push_back(item.state);
  return out;
}

}  // namespace

TEST_CASE("only what the policy names is observed") {
  Machine machine(
      "enforce r { when box[\"k\"].a == \"on\" thing { a = \"1\" } } enforce s { late { b = \"2\" "
      "} }");
  REQUIRE(machine.plan());
  CHECK(machine.world.observed == std::vector<std::string>{"box[\"k\"].a", "late.b"});
}

TEST_CASE("apply, then plan, is empty") {
  Machine machine("enforce r { thing { a = \"1\" list includes [\"x\"] } late { b = \"2\" } }");
  CHECK(machine.apply().converged());
  CHECK(machine.plan()->plan.changes.empty());
  const auto written = machine.world.written.size();
  CHECK(machine.apply().outcomes.empty());
  CHECK(machine.world.written.size() == written);
}

TEST_CASE("order comes from after and from the kinds, never from the file") {
  Machine by_kind("enforce r { late { a = \"1\" } thing { a = \"1\" } }");
  CHECK(by_kind.apply().converged());
  CHECK(by_kind.world.written == std::vector<std::string>{"thing.a", "late.a"});
  Machine by_rule(
      "enforce first { after second box \"a\" { a = \"1\" } } enforce second { box \"b\" { a = "
      "\"1\" } }");
  CHECK(by_rule.apply().converged());
  CHECK(by_rule.world.written == std::vector<std::string>{"box[\"b\"].a", "box[\"a\"].a"});
}

TEST_CASE("order reaches through a rule that has nothing to do") {
  Machine machine(
      "enforce a { after b box \"a\" { a = \"1\" } } enforce b { after c box \"b\" { a = \"1\" } } "
      "enforce c { box \"c\" { a = \"1\" } }");
  machine.world.values["box[\"b\"].a"] = "1";
  CHECK(machine.apply().converged());
  CHECK(machine.world.written == std::vector<std::string>{"box[\"c\"].a", "box[\"a\"].a"});
}

TEST_CASE("rules that wait for each other are a conflict of theirs, and others go on") {
  Machine machine(
      "enforce a { after b thing { a = \"1\" } } enforce b { after a thing { b = \"1\" } } "
      "enforce c { after b box \"c\" { a = \"1\" } } enforce d { box \"d\" { a = \"1\" } }");
  const auto plan = machine.plan();
  REQUIRE(plan);
  REQUIRE(plan->plan.problems.size() == 1);
  CHECK(plan->plan.problems[0].code == "P3010");
  CHECK(plan->plan.problems[0].message.text() == "rules wait for each other: a -> b -> a");
  CHECK(states_of(*plan) == std::vector<ItemState>{ItemState::blocked, ItemState::change,
                                                   ItemState::conflict, ItemState::conflict});
  CHECK(plan->plan.items[0].reason.text() == "waits for rules that wait for each other, `a` first");
  CHECK(machine.kinds() == std::vector<Kind>{Kind::converged});
  CHECK(machine.world.written == std::vector<std::string>{"box[\"d\"].a"});
}

TEST_CASE("a failure skips what waits for it and nothing else") {
  Machine machine(
      "enforce a { box \"a\" { a = \"1\" } } enforce b { after a box \"b\" { a = \"1\" } } "
      "enforce c { after b box \"c\" { a = \"1\" } } enforce d { box \"d\" { a = \"1\" } }");
  machine.world.failing.insert("box[\"a\"].a");
  CHECK(machine.kinds() ==
        std::vector<Kind>{Kind::failed, Kind::skipped, Kind::skipped, Kind::converged});
}

TEST_CASE("a provider that says done and does nothing is found out") {
  Machine machine("enforce a { thing { a = \"1\" } }");
  machine.world.deaf.insert("thing.a");
  const auto report = machine.apply();
  REQUIRE(report.outcomes.size() == 1);
  CHECK(report.outcomes[0].kind == Kind::failed);
  CHECK(report.outcomes[0].why[0].code == "R4004");
}

TEST_CASE("the cause of a change is new, drift or policy") {
  Machine machine("enforce a { thing { a = \"1\" } }");
  CHECK(machine.plan()->plan.items[0].cause == engine::Cause::fresh);
  machine.apply();
  machine.world.values["thing.a"] = "other";
  const auto drifted = machine.plan();
  CHECK(drifted->plan.items[0].cause == engine::Cause::drift);
  CHECK(drifted->plan.items[0].held_at == 1000);
  Machine changed("enforce a { thing { a = \"2\" } }");
  changed.ledger = machine.ledger;
  CHECK(changed.plan()->plan.items[0].cause == engine::Cause::policy);
}

TEST_CASE("the cause is told from what the policy means, not from how it is written") {
  Machine machine("enforce a { thing { list includes [\"a\", \"b\"] } }");
  machine.apply();
  machine.world.values["thing.list"] = dsl::List{{"a"}};
  Machine spaced("enforce a {\n  thing { list  includes  [ \"a\" ,\n \"b\" , ] }\n}");
  spaced.world = machine.world;
  spaced.ledger = machine.ledger;
  CHECK(spaced.plan()->plan.items[0].cause == engine::Cause::drift);
  // Both print as `includes [a, b]`.
  Machine other("enforce a { thing { list includes [\"a, b\"] } }");
  other.world = machine.world;
  other.ledger = machine.ledger;
  CHECK(other.plan()->plan.items[0].cause == engine::Cause::policy);
}

TEST_CASE("a ledger that kept texts takes values once, and the time stays") {
  Machine machine("enforce a { thing { a = \"1\" } }");
  machine.world.values["thing.a"] = "1";
  engine::Owned old;
  old.as_text = engine::Owned::AsText{"1", "1"};
  old.rule = "a";
  old.when = std::chrono::system_clock::time_point{std::chrono::seconds{5}};
  const engine::Slot slot{"thing", "", "a", ""};
  machine.ledger.put(slot, old);
  machine.apply();
  const auto* owned = machine.ledger.find(slot);
  REQUIRE(owned != nullptr);
  CHECK(!owned->as_text);
  CHECK(owned->held("1"));
  CHECK(owned->when == old.when);
}

TEST_CASE("what was agreed to is compared by value, with what it demands") {
  Machine machine("enforce a { thing { a = \"1\" } } enforce b { thing { b = \"2\" } }");
  const auto first = machine.plan(), second = machine.plan();
  REQUIRE(first);
  const dsl::Policy& policy = machine.policy();
  CHECK(engine::same_agreement(first->plan, second->plan, policy));
  const auto differs = [&](auto&& change) {
    engine::Plan plan = first->plan;
    change(plan.items[0]);
    return !engine::same_agreement(first->plan, plan, policy);
  };
  CHECK(differs([](engine::Item& item) { item.demands.needs_root = true; }));
  CHECK(differs([](engine::Item& item) { item.demands.irreversible = true; }));
  CHECK(differs([](engine::Item& item) { item.demands.needs_person = true; }));
  CHECK(differs([](engine::Item& item) { item.rule = 1; }));
  CHECK(differs([](engine::Item& item) { item.state = ItemState::unknown; }));
  CHECK(differs([](engine::Item& item) { item.target = dsl::Version{"1"}; }));  // prints as before
  CHECK(differs([](engine::Item& item) { item.current = "absent"; }));
  CHECK_FALSE(differs([](engine::Item& item) { item.place.begin += 1; }));
  engine::Plan shorter = first->plan;
  shorter.items.pop_back();
  CHECK_FALSE(engine::same_agreement(first->plan, shorter, policy));
}

TEST_CASE("unknown never writes and is reported") {
  Machine machine(
      "enforce a { thing { a = \"1\" b = \"2\" } } enforce g { on unknown fail when "
      "box[\"k\"].flag late { a = \"1\" } }");
  machine.world.values["thing.a"] = dsl::Unknown{"cannot look", "look harder"};
  machine.world.values["box[\"k\"].flag"] = dsl::Unknown{"shut", ""};
  const auto plan = machine.plan();
  REQUIRE(plan);
  std::vector<ItemState> states;
  for (const auto& item : plan->plan.items) states.push_back(item.state);
  CHECK(states ==
        std::vector<ItemState>{ItemState::unknown, ItemState::change, ItemState::unknown});
  CHECK(plan->plan.items[2].fails_run);
  machine.apply();
  CHECK(machine.world.written == std::vector<std::string>{"thing.b"});
}

TEST_CASE("warn reports and never writes") {
  Machine machine("warn a { thing { a = \"1\" } }");
  CHECK(machine.plan()->plan.items[0].state == ItemState::finding);
  CHECK(machine.plan()->plan.changes.empty());
}

TEST_CASE("of a change that replaces a file and one that edits it none is made") {
  Machine machine("enforce a { box \"k\" { a = \"1\" } thing { a = \"1\" } }");
  machine.world.prepared["box"].writes = {{dsl::Path("/f"), true}};
  machine.world.prepared["thing"].writes = {{dsl::Path("/f"), false}};
  const auto plan = machine.plan();
  REQUIRE(plan);
  REQUIRE(plan->plan.problems.size() == 1);
  CHECK(plan->plan.problems[0].code == "P3012");
  CHECK(plan->plan.changes.empty());
  CHECK(states_of(*plan) == std::vector<ItemState>{ItemState::conflict, ItemState::conflict});
  machine.world.prepared["box"].writes = {{dsl::Path("/f"), false}};
  CHECK(machine.plan()->plan.problems.empty());
  CHECK(machine.plan()->plan.changes.size() == 2);
}

TEST_CASE("rules that disagree leave their slot alone and take nothing else down") {
  Machine machine(
      "enforce x { thing { a = \"1\" b = \"1\" } } enforce y { thing { a = \"2\" } } "
      "enforce z { after x box \"k\" { a = \"1\" } } enforce o { box \"o\" { a = \"1\" } }");
  machine.world.values["thing.a"] = "mine";
  const auto plan = machine.plan();
  REQUIRE(plan);
  CHECK(states_of(*plan) == std::vector<ItemState>{ItemState::blocked, ItemState::change,
                                                   ItemState::conflict, ItemState::change});
  const engine::Item& item = plan->plan.items[2];
  CHECK(item.current == dsl::Value("mine"));
  REQUIRE(item.why.size() == 1);
  CHECK(item.why[0].message.text() == "`x` and `y` disagree on `thing.a` on this machine");
  CHECK(plan->plan.items[0].reason.text() ==
        "waits for thing, on which rules contradict each other");
  CHECK(machine.apply().converged());
  CHECK(machine.world.written == std::vector<std::string>{"thing.b", "box[\"o\"].a"});
  CHECK(machine.plan()->plan.changes.empty());
}

TEST_CASE("two overrides of one rule that both apply write nothing, and others go on") {
  Machine machine(
      "enforce x { thing { a = \"1\" } } override x { because \"p\" when box[\"p\"].flag "
      "thing { a = \"2\" } } override x { because \"q\" when box[\"q\"].flag thing { b = \"3\" } } "
      "enforce o { box \"o\" { a = \"1\" } }");
  machine.world.values["box[\"p\"].flag"] = true;
  machine.world.values["box[\"q\"].flag"] = true;
  const auto plan = machine.plan();
  REQUIRE(plan);
  CHECK(states_of(*plan) ==
        std::vector<ItemState>{ItemState::change, ItemState::conflict, ItemState::conflict});
  REQUIRE(plan->plan.problems.size() == 1);
  CHECK(plan->plan.problems[0].code == "P3003");
  CHECK(machine.apply().converged());
  CHECK(machine.world.written == std::vector<std::string>{"box[\"o\"].a"});
}

TEST_CASE("what is wanted absent and present is left alone") {
  Machine machine("enforce x { box \"k\" absent } enforce y { box \"k\" { a = \"2\" } }");
  const auto plan = machine.plan();
  REQUIRE(plan);
  CHECK(states_of(*plan) == std::vector<ItemState>{ItemState::conflict, ItemState::conflict});
  CHECK(plan->plan.changes.empty());
}

TEST_CASE("what cannot be prepared fails alone, and what waits for it says so") {
  Machine machine(
      "enforce a { box \"a\" { a = \"1\" } } enforce b { after a box \"b\" { a = \"1\" } } "
      "enforce c { box \"c\" { a = \"1\" } } assert later { that box[\"a\"].a == \"1\" "
      "message \"m\" }");
  machine.world.unprepared["a"] = "its folder is a file";
  const auto plan = machine.plan();
  REQUIRE(plan);
  CHECK(states_of(*plan) ==
        std::vector<ItemState>{ItemState::failed, ItemState::blocked, ItemState::change});
  CHECK(plan->plan.items[0].why[0].message.text() == "its folder is a file");
  CHECK(plan->plan.items[1].reason.text() == "waits for box \"a\", which cannot be changed");
  CHECK(plan->plan.problems[0].message.text() == "its folder is a file (rule `a`)");
  REQUIRE(plan->plan.claims.size() == 1);
  CHECK(plan->plan.claims[0].state != engine::ClaimState::holds);
  CHECK(machine.apply().converged());
  CHECK(machine.world.written == std::vector<std::string>{"box[\"c\"].a"});
}

TEST_CASE("what was there before gopol first touched it is remembered") {
  Machine machine("enforce a { thing { a = \"1\" } }");
  machine.world.values["thing.a"] = "mine";
  machine.apply();
  machine.world.values["thing.a"] = "drifted";
  machine.apply();
  const auto* owned = machine.ledger.find({"thing", "", "a", ""});
  REQUIRE(owned != nullptr);
  CHECK(owned->before == dsl::Value("mine"));
}

TEST_CASE("values that allow nothing writable are a conflict, not a write") {
  Machine machine("enforce a { thing { a matches \"x*\" } }");
  const auto plan = machine.plan();
  REQUIRE(plan);
  REQUIRE(plan->plan.problems.size() == 1);
  CHECK(plan->plan.problems[0].code == "P3013");
  CHECK(plan->plan.items[0].state == ItemState::conflict);
  CHECK(plan->plan.changes.empty());
  machine.world.values["thing.a"] = "xyz";
  CHECK(machine.plan()->plan.problems.empty());
}

TEST_CASE("on unknown fail counts whichever rule says it") {
  for (const char* text : {"enforce a { thing { list includes [\"a\"] } } enforce b { on unknown "
                           "fail thing { list includes [\"b\"] } }",
                           "enforce b { on unknown fail thing { list includes [\"b\"] } } enforce "
                           "a { thing { list includes [\"a\"] } }"}) {
    Machine machine(text);
    machine.world.values["thing.list"] = dsl::Unknown{"shut", ""};
    CHECK(machine.plan()->plan.items[0].fails_run);
  }
}

TEST_CASE("rules that never apply together may wait for each other") {
  Machine machine(
      "enforce a { when box[\"k\"].flag after b thing { a = \"1\" } } "
      "enforce b { when not box[\"k\"].flag after a thing { a = \"2\" } }");
  machine.world.values["box[\"k\"].flag"] = true;
  CHECK(machine.plan());
}

TEST_CASE(
    "what needs root waits for an administrator, with what comes after it, and nothing else") {
  Machine machine("enforce r { thing { a = \"1\" } late { b = \"2\" } box \"k\" { a = \"3\" } }");
  machine.world.prepared["thing"].demands.needs_root = true;
  machine.may_use_root = false;
  CHECK(machine.kinds() == std::vector<Kind>{Kind::converged, Kind::waits, Kind::waits});
  CHECK(machine.world.written == std::vector<std::string>{"box[\"k\"].a"});
  machine.may_use_root = true;
  CHECK(machine.kinds() == std::vector<Kind>{Kind::converged, Kind::converged});
}

TEST_CASE("root is asked for once, after all that can be made without, and a no is heard once") {
  Machine machine(
      "enforce r { thing { a = \"1\" b = \"1\" } late { b = \"2\" } box \"k\" { a = \"3\" } "
      "box \"l\" { a = \"3\" } }");
  machine.world.prepared["thing"].demands.needs_root = true;
  machine.world.prepared["late"].demands.needs_root = true;
  machine.refusal = "no such luck";
  auto planned = machine.plan();
  REQUIRE(planned);
  CHECK(machine.kinds() ==
        std::vector<Kind>{Kind::converged, Kind::converged, Kind::waits, Kind::waits});
  CHECK(machine.asked_for_root == std::vector<std::size_t>{2});
  machine.refusal.clear();
  machine.world.values["box[\"k\"].a"] = "drifted";
  CHECK(machine.kinds() == std::vector<Kind>{Kind::converged, Kind::converged, Kind::converged});
  CHECK(machine.asked_for_root == std::vector<std::size_t>{2, 2});
  CHECK(machine.world.written.back() == "late.b");
}

TEST_CASE("what is written and not in force is defeated, not converged") {
  Machine machine("enforce r { thing { a = \"1\" list includes [\"x\"] } }");
  CHECK(machine.apply().converged());
  machine.world.in_terminals["thing.list"] = dsl::Value(dsl::List{{"x", "y"}});
  CHECK(states_of(*machine.plan()) == std::vector<ItemState>{ItemState::ok, ItemState::ok});
  machine.world.in_terminals["thing.a"] = "2";
  const auto defeated = machine.plan();
  REQUIRE(defeated);
  CHECK(states_of(*defeated) == std::vector<ItemState>{ItemState::defeated, ItemState::ok});
  CHECK(!defeated->plan.has_work());
  const engine::Item& item = defeated->plan.items[0];
  REQUIRE(item.out_of_force.defeated.size() == 1);
  CHECK(engine::elsewhere_text(item.slot, item.out_of_force.defeated[0]) ==
        "in terminals by ~/.zshrc:4: there it is 2");
  CHECK(machine.ledger.find(item.slot) != nullptr);
  machine.world.in_terminals["thing.a"] = dsl::Unknown{"~/.zshrc:1 runs what nobody follows", ""};
  const auto untold = machine.plan();
  CHECK(states_of(*untold) == std::vector<ItemState>{ItemState::ok, ItemState::ok});
  CHECK(untold->plan.items[0].out_of_force.untold.size() == 1);
}

TEST_CASE("what would be in force elsewhere is written anew") {
  Machine machine("enforce r { thing { a = \"1\" } }");
  machine.world.values["thing.a"] = "1";
  machine.world.in_terminals["thing.a"] = "2";
  machine.world.misplaced = {"thing.a"};
  const auto planned = machine.plan();
  CHECK(states_of(*planned) == std::vector<ItemState>{ItemState::change});
  CHECK(planned->plan.items[0].target == dsl::Value("1"));
  CHECK(planned->plan.has_work());
}

TEST_CASE("a warn rule whose wish is defeated is a finding, a change says what will defeat it") {
  Machine machine("warn w { thing { a = \"1\" } } enforce r { thing { b = \"1\" } }");
  machine.world.values["thing.a"] = "1";
  machine.world.in_terminals = {{"thing.a", "2"}, {"thing.b", "2"}};
  const auto planned = machine.plan();
  CHECK(states_of(*planned) == std::vector<ItemState>{ItemState::finding, ItemState::change});
  for (const engine::Item& item : planned->plan.items)
    CHECK(item.out_of_force.defeated.size() == 1);
}
