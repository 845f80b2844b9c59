#include "engine/diff/scope.h"

#include <string>

#include "tests/catch.h"
#include "tests/fake_provider.h"
#include "tests/policy_text.h"

using namespace gopol;
using engine::ScopeChange;

namespace {

dsl::Schemas make_scope_schemas() {
  dsl::Schemas out;
  dsl::Schema where = tests::fake_schema("where");
  where.context = true;
  dsl::AttributeSchema release, flag, names;
  release.name = "release";
  release.type = {dsl::TypeKind::version, dsl::VersionScheme::apple, {}, {}};
  flag.name = "flag";
  flag.type.kind = dsl::TypeKind::boolean;
  names.name = "names";
  names.type.kind = dsl::TypeKind::list;
  for (const auto& one : {release, flag, names}) where.attributes.push_back(one);
  out.families = {tests::fake_schema("thing"), where};
  return out;
}

/// Rules point into them.
const dsl::Schemas& scope_schemas() {
  static const dsl::Schemas all = make_scope_schemas();
  return all;
}

/// `always` stands for no condition.
std::string rule(const std::string& guard) {
  const std::string when = guard == "always" ? "" : "when " + guard + "  ";
  return "enforce one { " + when + "thing { a = \"x\" } }\n";
}

}  // namespace

TEST_CASE("scopes are compared by the machines they hold for") {
  struct Row {
    const char *was, *is;
    ScopeChange expected;
  };
  using enum ScopeChange;
  const Row rows[] = {
      {"always", "always", same},
      {"always", "where.flag", narrower},
      {"where.flag", "always", wider},
      // However it is written.
      {"where.a == \"x\"", "where.a in [\"x\"]", same},
      {"where.a in [\"x\", \"y\"]", "where.a == \"y\" or where.a == \"x\"", same},
      {"not (where.a == \"x\" or where.flag)", "where.a != \"x\" and not where.flag", same},
      {"where.flag or not where.flag", "always", same},
      {"where.release >= 14", "not where.release < 14", wider},  // an absent one is not less
      {"where.release >= 14 and where.release < 16", "where.release in 14 ..< 16", same},
      {"where.release in 14 .. 15", "where.release in 14 ..< 15", narrower},
      {"where.release > 13", "where.release >= 13", wider},
      {"where.release >= 14", "where.release >= 15", narrower},
      {"where.release < 14", "where.release > 14", other},
      {"where.a == \"x\"", "where.a == \"y\"", other},
      {"where.a == \"x\"", "where.a is present", wider},
      {"where.a is absent", "not where.a is present", same},
      {"where.a is known", "always", wider},
      // Patterns and elements, with and without constants beside them.
      {"where.a == \"xyz\"", "where.a matches \"x*\"", wider},
      {"where.a == \"abc\"", "where.a matches \"x*\"", other},
      {"where.a matches \"x*\"", "where.a matches \"x*\" and where.flag", narrower},
      {"\"p\" in where.names", "\"p\" in where.names or \"q\" in where.names", wider},
      {"\"p\" in where.names", "\"q\" in where.names", other},
      {"where.names[0] == \"p\"", "where.names[1] == \"p\"", other},
      // A condition that can never hold.
      {"where.a == \"x\" and where.a == \"y\"", "where.flag and not where.flag", same},
  };
  for (const Row& row : rows) {
    CAPTURE(row.was, row.is);
    dsl::SourceMap sources;
    const auto was = tests::policy_of(rule(row.was), scope_schemas(), sources);
    const auto is = tests::policy_of(rule(row.is), scope_schemas(), sources);
    CHECK(engine::compare_scopes({was.rules[0].guard, was}, {is.rules[0].guard, is}) ==
          row.expected);
  }
}

TEST_CASE("scopes that tell too much apart are not guessed at") {
  std::string was = "where.flag", is = "where.flag";
  for (const char* letter : {"p", "q", "r", "s", "t", "u", "v"}) {
    was += std::string(" or \"") + letter + "\" in where.names";
    is += std::string(" and \"") + letter + "\" in where.names";
  }
  dsl::SourceMap sources;
  const auto before = tests::policy_of(rule(was), scope_schemas(), sources);
  const auto now = tests::policy_of(rule(is), scope_schemas(), sources);
  CHECK(engine::compare_scopes({before.rules[0].guard, before}, {now.rules[0].guard, now}) ==
        ScopeChange::undecided);
}

TEST_CASE("a profile's condition counts for its rules") {
  dsl::SourceMap sources;
  const auto was =
      tests::policy_of("profile p {\n  when where.flag\n  enforce one { thing { a = \"x\" } }\n}\n",
                       scope_schemas(), sources);
  const auto is = tests::policy_of("enforce one { when where.flag  thing { a = \"x\" } }\n",
                                   scope_schemas(), sources);
  CHECK(engine::compare_scopes({was.rules[0].guard, was}, {is.rules[0].guard, is}) ==
        ScopeChange::same);
}
