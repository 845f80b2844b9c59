#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/diff/fleet.h"
#include "engine/diff/raw_machine.h"
#include "engine/diff/rules.h"
#include "engine/diff/strength.h"
#include "tests/catch.h"
#include "tests/fake_provider.h"
#include "tests/policy_text.h"

using namespace gopol;
using dsl::Allowed;
using engine::Direction;
using engine::RuleChange;
using engine::SlotEffect;
using engine::Strength;

namespace {

dsl::Schemas make_schemas() {
  dsl::Schemas out;
  dsl::Schema user = tests::fake_schema("user");
  user.context = true;
  dsl::AttributeSchema home;
  home.name = "home";
  home.type.kind = dsl::TypeKind::path;
  user.attributes.push_back(home);
  dsl::Schema where = tests::fake_schema("where");
  where.context = true;
  dsl::Schema thing = tests::fake_schema("thing");
  thing.demands.needs_root = true;
  out.families = {tests::fake_schema("box", true), thing, user, where};
  return out;
}

/// Rules point into them.
const dsl::Schemas& schemas() {
  static const dsl::Schemas all = make_schemas();
  return all;
}

struct Sides {
  dsl::SourceMap sources;
  dsl::Policy was, is;
  Sides(const std::string& old, const std::string& fresh)
      : was(tests::policy_of(old, schemas(), sources)),
        is(tests::policy_of(fresh, schemas(), sources)) {}
  std::vector<RuleChange> rules() const { return engine::compare_rules(was, is); }
};

Allowed one_of(std::vector<dsl::Value> values) {
  Allowed out;
  out.one_of = std::move(values);
  return out;
}

Allowed range(int low, int high, bool included = true) {
  Allowed out;
  out.range =
      dsl::Range{dsl::Bound{std::int64_t{low}, true}, dsl::Bound{std::int64_t{high}, included}};
  return out;
}

Allowed includes(std::vector<std::string> items) {
  Allowed out;
  out.includes = std::move(items);
  return out;
}

/// One snapshot: `{"family","attribute"[,"key"]}` and a value as JSON.
struct Recorded {
  std::string facts;
  Recorded& with(const std::string& family, const std::string& key, const std::string& attribute,
                 const std::string& value) {
    if (!facts.empty()) facts += ",";
    facts += R"({"slot":{"family":")" + family + R"(",)" +
             (key.empty() ? "" : R"("key":")" + key + R"(",)") + R"("attribute":")" + attribute +
             R"("},"value":)" + value + "}";
    return *this;
  }
  std::string text(const std::string& name) const {
    return R"({"schema":1,"machine":")" + name + R"(","facts":[)" + facts + "]}";
  }
};

engine::FleetReport replay(const Sides& sides, const std::vector<std::string>& snapshots) {
  engine::FleetComparison fleet(sides.was, sides.is, schemas());
  engine::RawMachine machine;
  for (const std::string& text : snapshots) {
    REQUIRE(engine::read_machine(text, machine));
    fleet.add(machine);
  }
  return fleet.report();
}

}  // namespace

TEST_CASE("values are compared by what they permit") {
  struct Row {
    const char* name;
    Allowed was, is;
    Strength expected;
  };
  using enum Strength;
  const Row rows[] = {
      {"one value", one_of({"a"}), one_of({"a"}), same},
      {"another value", one_of({"a"}), one_of({"b"}), other},
      {"one choice less", one_of({"a", "b"}), one_of({"b"}), stronger},
      {"one choice more", one_of({"a"}), one_of({"b", "a"}), weaker},
      {"the same choices", one_of({"a", "b"}), one_of({"b", "a"}), same},
      {"a value of a range", range(1, 9), one_of({std::int64_t{3}}), stronger},
      {"a value outside of it", range(1, 9), one_of({std::int64_t{12}}), other},
      {"a shorter range", range(1, 9), range(2, 8), stronger},
      {"an open end", range(1, 9), range(1, 9, false), stronger},
      {"a longer range", range(1, 9), range(1, 10), weaker},
      {"a moved range", range(1, 9), range(2, 10), other},
      {"anything", range(1, 9), Allowed{}, weaker},
      {"one element more", includes({"a"}), includes({"a", "b"}), stronger},
      {"another element", includes({"a"}), includes({"b"}), other},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(engine::compare_values(row.was, row.is) == row.expected);
  }
}

TEST_CASE("a rule's differences have a direction") {
  struct Row {
    const char *was, *is, *what;
    Direction expected;
  };
  const std::string head = "enforce r { ", tail = "thing { a = \"x\" } }\n";
  const Row rows[] = {
      {"warn r { thing { a = \"x\" } }", "enforce r { thing { a = \"x\" } }", "severity",
       Direction::stronger},
      {"enforce r { thing { a = \"x\" } }", "warn r { thing { a = \"x\" } }", "severity",
       Direction::weaker},
      {"enforce r { thing { a = \"x\" } }", "enforce r { thing { a in [\"x\", \"y\"] } }",
       "thing.a", Direction::weaker},
      {"enforce r { thing { default a = \"x\" } }", "enforce r { thing { a = \"x\" } }", "thing.a",
       Direction::stronger},
      {"enforce r { thing { a = \"x\" } }", "enforce r { thing { a = \"x\"  b = \"y\" } }",
       "thing.b", Direction::stronger},
      {"enforce r { thing { a = \"x\"  b = \"y\" } }", "enforce r { thing { a = \"x\" } }",
       "thing.b", Direction::weaker},
      {"enforce r { on unknown fail  thing { a = \"x\" } }", "enforce r { thing { a = \"x\" } }",
       "on unknown", Direction::weaker},
      {"enforce r { thing { a = \"x\" } }", "sealed enforce r { thing { a = \"x\" } }", "sealed",
       Direction::stronger},
      {"enforce r { because \"one\"  thing { a = \"x\" } }",
       "enforce r { because \"two\"  thing { a = \"x\" } }", "because", Direction::none},
      {"enforce r { when where.a == \"p\"  thing { a = \"x\" } }",
       "enforce r { thing { a = \"x\" } }", "applies", Direction::stronger},
      {"enforce r { thing { a = \"x\" } }",
       "enforce r { thing { a = \"x\" } }\n"
       "waive r until 2030-01-01 { because \"later\"  owner \"me\" }",
       "waiver", Direction::weaker},
  };
  for (const Row& row : rows) {
    CAPTURE(row.was, row.is);
    const Sides sides(std::string(row.was) + "\n", std::string(row.is) + "\n");
    const auto rules = sides.rules();
    REQUIRE(rules.size() == 1);
    REQUIRE(rules[0].differences.size() == 1);
    CHECK(rules[0].differences[0].what == row.what);
    CHECK(rules[0].differences[0].direction == row.expected);
    CHECK(engine::direction_of(rules[0]) == row.expected);
  }
}

TEST_CASE("rules come, go, and get other names") {
  const Sides sides(
      "enforce stays { thing { a = \"x\" } }\n"
      "enforce old_name { box \"k\" { a = \"x\" } }\n"
      "enforce goes { thing { b = \"x\" } }\n",
      "enforce stays { thing { a = \"x\" } }\n"
      "enforce new_name { box \"k\" { a = \"x\" } }\n"
      "enforce comes { box \"other\" { a = \"x\" } }\n");
  const auto rules = sides.rules();
  REQUIRE(rules.size() == 3);
  CHECK(rules[0].kind == RuleChange::Kind::renamed);
  CHECK(rules[0].name == "new_name");
  CHECK(rules[0].was == "old_name");
  CHECK(engine::direction_of(rules[0]) == Direction::none);
  CHECK(rules[1].kind == RuleChange::Kind::added);
  CHECK(rules[1].name == "comes");
  CHECK(rules[2].kind == RuleChange::Kind::removed);
  CHECK(rules[2].name == "goes");
  CHECK(engine::direction_of(rules[2]) == Direction::weaker);
}

TEST_CASE("claims come, go, and change") {
  const std::string rule = "enforce r { thing { a = \"x\" } }\n";
  const Sides sides(rule +
                        "assert one { that where.a == \"p\" }\n"
                        "assert two { that where.a is present }\n"
                        "cover thing.a\n",
                    rule +
                        "assert one { that where.a in [\"p\", \"q\"] }\n"
                        "cover thing.a\n"
                        "cover thing.b\n");
  const auto rules = sides.rules();
  REQUIRE(rules.size() == 3);
  CHECK(rules[0].name == "assert one");
  REQUIRE(rules[0].differences.size() == 1);
  CHECK(rules[0].differences[0].what == "that");
  CHECK(rules[0].differences[0].to == "holds more often");
  CHECK(rules[1].name == "cover thing.b");
  CHECK(rules[1].kind == RuleChange::Kind::added);
  CHECK(rules[2].name == "assert two");
  CHECK(rules[2].kind == RuleChange::Kind::removed);
}

TEST_CASE("snapshots are read, whatever stands beside the facts") {
  engine::RawMachine machine;
  const std::string text =
      R"({ "facts" : [ { "origin":"o", "inherited": true, "value" : {"list":["a",{"b":[1]}]},)"
      R"( "slot":{"family":"x","attribute":"y"}}, {"slot":{"family":"z"},"value":-1.5e3} ],)"
      R"( "more":{"slot":[{}]}, "recorded":"2026-01-02T03:04:05Z", "machine":"m\u00e9", "schema":1})";
  REQUIRE(engine::read_machine(text, machine));  // views into it are kept
  CHECK(machine.name == "m\xc3\xa9");
  CHECK(machine.recorded == "2026-01-02T03:04:05Z");
  REQUIRE(machine.facts.size() == 2);
  CHECK(machine.facts[0].slot == R"({"family":"x","attribute":"y"})");
  CHECK(machine.facts[0].value == R"({"list":["a",{"b":[1]}]})");
  CHECK(machine.facts[0].inherited);
  CHECK(machine.facts[1].value == "-1.5e3");
  CHECK_FALSE(machine.facts[1].inherited);
}

TEST_CASE("what is no snapshot is not taken for one") {
  const std::string good = Recorded{}.with("thing", "", "a", "\"x\"").text("m");
  engine::RawMachine machine;
  REQUIRE(engine::read_machine(good, machine));
  for (std::size_t length = 0; length < good.size(); ++length) {
    CAPTURE(length);
    CHECK_FALSE(engine::read_machine(good.substr(0, length), machine));
  }
  for (const char* text :
       {"", "[]", "null", R"({"schema":1})", R"({"schema":2,"facts":[]})", R"({"facts":[]})",
        R"({"schema":1,"facts":{}})", R"({"schema":1,"facts":[{}]})",
        R"({"schema":1,"facts":[{"slot":{}}]})",
        R"({"schema":1,"facts":[{"slot":{"family":"\udc00"},"value":1}]})",
        R"({"schema":1,"facts":[{"slot":{"family":"\ud83d.\ude00"},"value":1}]})",
        "{\"schema\":1,\"facts\":[]} x"}) {
    CAPTURE(text);
    CHECK_FALSE(engine::read_machine(text, machine));
  }
  CHECK_FALSE(engine::read_machine(std::string(100'000, '['), machine));
  for (const char* family : {R"(\ud83d\ude00)", R"(\\ude00)", R"(\u00e9\n)"}) {
    CAPTURE(family);
    const std::string slot = fmt::format(R"({{"family":"{}"}})", family);
    const std::string text =
        fmt::format(R"({{"schema":1,"facts":[{{"slot":{},"value":1}}]}})", slot);
    CHECK(engine::read_machine(text, machine));
    CHECK(machine.facts[0].slot == slot);
  }
}

TEST_CASE("a fleet is grouped by what changes") {
  const Sides sides("enforce r { when where.a == \"p\"  thing { a = \"x\" } }\n",
                    "enforce r { thing { a in [\"x\", \"y\"] } }\n");
  const auto report = replay(
      sides,
      {
          Recorded{}.with("where", "", "a", "\"p\"").with("thing", "", "a", "\"x\"").text("ok"),
          Recorded{}.with("where", "", "a", "\"p\"").with("thing", "", "a", "\"y\"").text("m1"),
          Recorded{}.with("where", "", "a", "\"q\"").with("thing", "", "a", "\"z\"").text("m2"),
          Recorded{}.with("where", "", "a", "\"r\"").with("thing", "", "a", "\"w\"").text("m3"),
          Recorded{}.with("where", "", "a", "\"p\"").text("m4"),
      });
  CHECK(report.machines == 5);
  CHECK(report.undated == 5);
  REQUIRE(report.groups.size() == 2);
  CHECK(report.groups[0].machines == 2);
  CHECK(report.groups[0].examples == std::vector<std::string>{"m2", "m3"});
  REQUIRE(report.groups[0].changes.size() == 1);
  CHECK(report.groups[0].changes[0].was.effect == SlotEffect::none);
  CHECK(report.groups[0].changes[0].is.effect == SlotEffect::change);
  CHECK(report.groups[0].changes[0].is.demands.needs_root);
  CHECK(report.groups[1].examples == std::vector<std::string>{"m1"});
  CHECK(report.groups[1].changes[0].was.effect == SlotEffect::change);
  CHECK(report.groups[1].changes[0].is.effect == SlotEffect::ok);
}

TEST_CASE("a fleet shows where rules disagree, and what cannot be known") {
  const Sides sides("enforce one { thing { a = \"x\" } }\n",
                    "enforce one { thing { a = \"x\" } }\n"
                    "enforce two { when where.a == \"p\"  thing { a = \"y\" } }\n");
  const auto report = replay(
      sides,
      {
          Recorded{}.with("where", "", "a", "\"p\"").with("thing", "", "a", "\"x\"").text("m1"),
          Recorded{}.with("where", "", "a", "\"q\"").with("thing", "", "a", "\"x\"").text("m2"),
          Recorded{}
              .with("where", "", "a", R"({"unknown":"no right"})")
              .with("thing", "", "a", "\"x\"")
              .text("m3"),
      });
  REQUIRE(report.groups.size() == 2);
  std::vector<SlotEffect> effects;
  for (const auto& group : report.groups) effects.push_back(group.changes.at(0).is.effect);
  std::sort(effects.begin(), effects.end());
  CHECK(effects == std::vector<SlotEffect>{SlotEffect::conflict, SlotEffect::unknown});
}

TEST_CASE("keys and values with a machine's own texts in them are that machine's") {
  const Sides sides(
      "enforce one { when user.home is known  box \"${user.home}/k\" { a = \"x\" } }\n",
      "enforce one { when user.home is known  box \"${user.home}/k\" { a = \"${user.home}\" } }\n");
  const auto machine = [](const std::string& home, const std::string& a) {
    return Recorded{}
        .with("user", "", "home", R"({"path":")" + home + "\"}")
        .with("box", home + "/k", "a", "\"" + a + "\"")
        .text(home);
  };
  const auto report = replay(sides, {machine("/home/p", "x"), machine("/home/q", "/home/q"),
                                     machine("/home/r", "/home/q"), machine("/home/s", "/home/s")});
  CHECK(report.machines == 4);
  // p: ok, then to be changed; q and s: to be changed, then ok; r: to be changed both times.
  std::vector<std::size_t> sizes;
  for (const auto& group : report.groups) sizes.push_back(group.machines);
  std::sort(sizes.begin(), sizes.end());
  CHECK(sizes.back() == 2);
  for (const auto& group : report.groups) {
    if (group.machines != 2) continue;
    CHECK(group.changes.at(0).was.effect == SlotEffect::change);
    CHECK(group.changes.at(0).is.effect == SlotEffect::ok);
  }
}
