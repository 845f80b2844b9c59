#include "engine/plan/disclosure.h"

#include "tests/catch.h"

using namespace gopol;
using engine::Item;
using engine::Slot;

namespace {

const Slot content{"file", "/home/a/f", "content", {}};
const Slot lines{"line", "/home/a/.npmrc", "lines", {}};
const Slot variable{"shell.profile", "bash", "API", {}};
const Slot header{"git.config", "http.https://a.example/.extraHeader", "value", {}};
const Slot setting{"go.env", {}, "GOFLAGS", {}};

dsl::Value list_of(std::vector<std::string> items) {
  return dsl::Value(dsl::List{std::move(items)});
}

Item item(const Slot& slot, dsl::Value current, dsl::Value target) {
  Item out;
  out.slot = slot;
  out.current = std::move(current);
  out.allowed.one_of = std::vector<dsl::Value>{target};
  out.target = std::move(target);
  return out;
}

bool tells(const dsl::Value& value, const char* secret) {
  return dsl::to_text(value).find(secret) != std::string::npos;
}

}  // namespace

TEST_CASE("what a machine gets back is as private as what it holds") {
  struct Case {
    Slot slot;
    dsl::Value before, of_policy;
    bool policy_is_public;
  };
  const Case cases[] = {
      {content, dsl::Value("secret\n"), dsl::Value("public\n"), true},
      {lines, list_of({"secret", "b"}), list_of({"public"}), true},
      {variable, dsl::Value("secret"), dsl::Value("public"), false},
      {header, dsl::Value("Authorization: secret"), dsl::Value("Authorization: public"), false},
  };
  for (const Case& one : cases) {
    CAPTURE(dsl::to_text(one.slot));
    Item asked = item(one.slot, one.before, one.of_policy);
    CHECK_FALSE(tells(engine::shown_current(asked), "secret"));
    CHECK((dsl::to_text(engine::shown_wanted(asked)).find("public") != std::string::npos) ==
          one.policy_is_public);

    Item back = item(one.slot, one.of_policy, one.before);
    back.rule = engine::no_rule;
    CHECK_FALSE(tells(engine::shown_target(back), "secret"));
    CHECK_FALSE(tells(engine::shown_current(back), "public"));
    CHECK(dsl::to_text(engine::shown_wanted(back)).find("secret") == std::string::npos);
  }
}

TEST_CASE("lists that come back do not show what they add") {
  Item back = item(lines, list_of({"kept"}), list_of({"kept", "secret"}));
  back.allowed = {};
  back.allowed.includes = std::vector<std::string>{"secret"};
  back.rule = engine::no_rule;
  CHECK(dsl::to_text(engine::shown_wanted(back)).find("secret") == std::string::npos);
  CHECK_FALSE(tells(engine::shown_target(back), "secret"));
}

TEST_CASE("what is no secret shows, of a policy or given back") {
  for (const std::uint32_t rule : {0U, engine::no_rule}) {
    Item one = item(setting, list_of({"-mod=mod"}), list_of({"-v"}));
    one.rule = rule;
    CHECK(tells(engine::shown_current(one), "-mod=mod"));
    CHECK(tells(engine::shown_target(one), "-v"));
    CHECK(dsl::to_text(engine::shown_wanted(one)).find("-v") != std::string::npos);
  }
}
