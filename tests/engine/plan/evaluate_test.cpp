#include "engine/plan/evaluate.h"

#include <algorithm>

#include "tests/catch.h"
#include "tests/fake_provider.h"
#include "tests/policy_text.h"

using namespace gopol;
using engine::RuleStatus;

namespace {

dsl::Schemas schemas() {
  dsl::Schemas out;
  out.families = {tests::fake_schema("box", true), tests::fake_schema("thing")};
  dsl::Schema facts = tests::fake_schema("where");
  facts.context = true;
  dsl::AttributeSchema release;
  release.name = "release";
  release.type = {dsl::TypeKind::version, dsl::VersionScheme::apple, {}, {}};
  facts.attributes.push_back(release);
  out.families.push_back(facts);
  return out;
}

struct Case {
  dsl::SourceMap sources;
  dsl::Schemas known = schemas();  ///< outlives the policy, which points into it
  dsl::Policy policy;
  engine::Facts facts;

  explicit Case(const std::string& text) : policy(tests::policy_of(text, known, sources)) {}
  Case& with(const char* attribute, dsl::Value value) {
    facts.add({.slot = {"where", "", attribute, ""}, .value = std::move(value)});
    return *this;
  }
  engine::Desired desired() const { return engine::evaluate(policy, facts); }
  RuleStatus status() const { return desired().rules.at(0).status; }
};

dsl::Value release(const char* text) { return dsl::Version{text, dsl::VersionScheme::apple}; }

const dsl::Value unknown = dsl::Unknown{"no right to look", ""};

}  // namespace

TEST_CASE("guards have three values") {
  struct Row {
    const char* guard;
    dsl::Value a, flag, release;
    RuleStatus status;
  };
  const auto yes = RuleStatus::applies, no = RuleStatus::skipped, maybe = RuleStatus::unknown;
  const dsl::Value absent = dsl::Absent{};
  const Row rows[] = {
      {"where.a == \"x\"", "x", true, release("14"), yes},
      {"where.a == \"x\"", "y", true, release("14"), no},
      {"where.a == \"x\"", unknown, true, release("14"), maybe},
      {"where.a == \"x\"", absent, true, release("14"), no},
      {"where.a != \"x\"", absent, true, release("14"), yes},
      {"where.a is absent", absent, true, release("14"), yes},
      {"where.a is absent", unknown, true, release("14"), maybe},
      {"where.a is unknown", unknown, true, release("14"), yes},
      {"where.a is known", unknown, true, release("14"), no},
      {"where.a is not known", unknown, true, release("14"), yes},
      {"where.a == \"x\" and where.flag", unknown, false, release("14"), no},
      {"where.a == \"x\" and where.flag", unknown, true, release("14"), maybe},
      {"where.a == \"x\" or where.flag", unknown, true, release("14"), yes},
      {"not where.flag", absent, unknown, release("14"), maybe},
      {"not (where.flag and where.a == \"x\")", unknown, false, release("14"), yes},
      {"where.release in 14 ..< 16", absent, true, release("15.7"), yes},
      {"where.release in 14 ..< 16", absent, true, release("16"), no},
      {"where.release in 14 .. 16", absent, true, release("16.0"), yes},
      {"where.release == 15.x", absent, true, release("15.6.1"), yes},
      {"where.release != 15.x", absent, true, release("15.6.1"), no},
      {"14.4 <= where.release", absent, true, release("14.5"), yes},
      {"where.release not in [14, 15]", absent, true, release("26"), yes},
      {"where.a in [\"x\", \"y\"]", "y", true, release("14"), yes},
      {"where.a matches \"git.*\"", "git.corp", true, release("14"), yes},
  };
  for (const Row& row : rows) {
    CAPTURE(row.guard, dsl::to_text(row.a), dsl::to_text(row.flag), dsl::to_text(row.release));
    Case one("enforce r { when " + std::string(row.guard) + " thing { a = \"1\" } }");
    one.with("a", row.a).with("flag", row.flag).with("release", row.release);
    CHECK(one.status() == row.status);
  }
}

TEST_CASE("a rule that does not apply says which fact decided") {
  Case one("enforce r { when where.flag and where.a == \"x\" thing { a = \"1\" } }");
  one.with("flag", true).with("a", "other");
  const auto desired = one.desired();
  const auto reasons = engine::why_not(one.policy, one.facts, 0, desired.rules[0]);
  REQUIRE(reasons.size() == 1);
  CHECK(dsl::to_text(reasons[0].fact) == "where.a");
  CHECK(one.sources.text(reasons[0].span) == "where.a == \"x\"");
}

TEST_CASE("compatible assertions meet, whatever the order of rules") {
  for (const char* text : {"enforce x { thing { list includes [\"a\"] } } enforce y { thing { list "
                           "excludes [\"b\"] } }",
                           "enforce y { thing { list excludes [\"b\"] } } enforce x { thing { list "
                           "includes [\"a\"] } }"}) {
    const auto desired = Case(text).desired();
    REQUIRE(desired.wanted.size() == 1);
    CHECK(dsl::to_text(desired.wanted[0].allowed) == "includes [a] and excludes [b]");
    CHECK(desired.wanted[0].sources.size() == 2);
  }
}

TEST_CASE("rules that disagree are an error that names both places") {
  const auto desired =
      Case("enforce x { thing { a = \"1\" } }\nenforce y { thing { a = \"2\" } }").desired();
  REQUIRE(desired.conflicts.size() == 1);
  CHECK(desired.conflicts[0].code == "P3001");
  CHECK(desired.conflicts[0].message.text() == "`x` and `y` disagree on `thing.a` on this machine");
  CHECK(desired.conflicts[0].primary);
  CHECK(desired.conflicts[0].related.size() == 1);
  CHECK(desired.wanted.empty());
}

TEST_CASE("absent and any other attribute of one resource are impossible together") {
  const auto desired =
      Case("enforce x { box \"k\" absent }\nenforce y { box \"k\" { a = \"2\" } }").desired();
  REQUIRE(desired.conflicts.size() == 1);
  CHECK(desired.conflicts[0].code == "P3004");
  CHECK(Case("enforce x { box \"k\" absent } enforce y { box \"l\" { a = \"2\" } }")
            .desired()
            .conflicts.empty());
}

TEST_CASE("a default gives way to whatever else applies") {
  const std::string text =
      "enforce x { thing { default a = \"1\" } }\nenforce y { when where.flag thing { a = \"2\" } "
      "}";
  const auto value = [&](dsl::Value flag) {
    Case one(text);
    one.with("flag", std::move(flag));
    const auto desired = one.desired();
    REQUIRE(desired.wanted.size() == 1);
    return desired.wanted[0];
  };
  CHECK(dsl::to_text(value(false).allowed) == "1");
  CHECK(dsl::to_text(value(true).allowed) == "2");
  CHECK(!value(unknown).held_back.empty());
  CHECK(value(false).held_back.empty());
}

TEST_CASE("interpolations are filled in from facts") {
  dsl::Schemas with_user = schemas();
  dsl::Schema user;
  user.family = "user";
  user.context = true;
  dsl::AttributeSchema home;
  home.name = "home";
  user.attributes = {home};
  with_user.families.push_back(user);
  std::sort(with_user.families.begin(), with_user.families.end(),
            [](const auto& a, const auto& b) { return a.family < b.family; });
  dsl::SourceMap sources;
  const auto policy = tests::policy_of(
      "enforce x { box \"${user.home}/k\" { a = \"in ${user.home}\" } }", with_user, sources);
  REQUIRE(policy.facts.size() == 1);
  engine::Facts facts;
  facts.add({.slot = {"user", "", "home", ""}, .value = "/home/me"});
  const auto desired = engine::evaluate(policy, facts);
  REQUIRE(desired.wanted.size() == 1);
  CHECK(desired.wanted[0].slot.key == "/home/me/k");
  CHECK(dsl::to_text(desired.wanted[0].allowed) == "in /home/me");
  const auto blind = engine::evaluate(policy, engine::Facts{});
  CHECK(blind.wanted[0].held_back.text() == "`user.home` has no value here");
}

TEST_CASE("loops and lists expand") {
  const auto policy = Case(
                          "let names = [\"a\", \"b\"]\nenforce x { for n in names { box n { a = n "
                          "} } box [\"c\", \"d\"] present }")
                          .policy;
  CHECK(policy.rules[0].assertions.size() == 4);
}

TEST_CASE("a clash is blamed on the two that disagree") {
  const auto desired = Case(
                           "enforce a { thing { list includes [\"a\"] } }\n"
                           "enforce b { thing { list includes [\"b\"] } }\n"
                           "enforce c { thing { list excludes [\"b\"] } }")
                           .desired();
  REQUIRE(desired.conflicts.size() == 1);
  CHECK(desired.conflicts[0].message.text() ==
        "`b` and `c` disagree on `thing.list` on this machine");
}

TEST_CASE("a warn rule that wants it gone does not clash with one that keeps it") {
  CHECK(Case("warn x { box \"k\" absent }\nenforce y { box \"k\" { a = \"2\" } }")
            .desired()
            .conflicts.empty());
}

TEST_CASE("thousands of rules may add to one list") {
  std::string text;
  for (int i = 0; i < 3000; ++i) {
    const std::string n = std::to_string(i);
    text += "enforce r" + n + " { thing { list includes [\"host-" + n + "\"] } }\n";
  }
  const auto desired = Case(text).desired();
  REQUIRE(desired.wanted.size() == 1);
  CHECK(desired.wanted[0].allowed.includes.size() == 3000);
}
