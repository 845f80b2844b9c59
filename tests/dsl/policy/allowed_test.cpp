#include "dsl/policy/allowed.h"

#include "tests/catch.h"

using namespace gopol::dsl;

namespace {

Value go(const char* text) { return Version{text, VersionScheme::go}; }

Allowed exactly(Value value) {
  Allowed out;
  out.one_of = std::vector<Value>{std::move(value)};
  return out;
}

Allowed between(const char* low, const char* high, bool high_included = false) {
  Allowed out;
  out.range = Range{Bound{go(low), true}, Bound{go(high), high_included}};
  return out;
}

Allowed edit(std::vector<std::string> includes, std::vector<std::string> excludes) {
  Allowed out;
  out.includes = std::move(includes);
  out.excludes = std::move(excludes);
  return out;
}

constexpr auto version_type = [] { return Type{TypeKind::version, VersionScheme::go, {}, {}}; };

}  // namespace

TEST_CASE("a range holds its versions and no others") {
  const Allowed any_1_22 = between("1.22", "1.23");
  CHECK(contains(any_1_22, go("1.22.0")));
  CHECK(contains(any_1_22, go("1.22.12")));
  CHECK(!contains(any_1_22, go("1.23.0")));
  CHECK(!contains(any_1_22, go("1.21.13")));
  CHECK(!contains(any_1_22, Absent{}));
  CHECK(!contains(any_1_22, Unknown{"", ""}));
}

TEST_CASE("two assertions meet, whatever their order") {
  const auto both = meet(between("1.21", "1.23"), between("1.22", "1.24"));
  REQUIRE(both);
  CHECK(*both == between("1.22", "1.23"));
  CHECK(meet(between("1.22", "1.24"), between("1.21", "1.23")) == both);
  CHECK(meet(exactly(go("1.22.2")), between("1.22", "1.23")));
  CHECK(meet(between("1.22", "1.23"), exactly(go("1.22.2"))));
}

TEST_CASE("what disagrees does not meet") {
  CHECK(!meet(exactly(go("1.22.2")), exactly(go("1.22.3"))));
  CHECK(!meet(exactly(go("1.23.0")), between("1.22", "1.23")));
  CHECK(!meet(between("1.21", "1.22"), between("1.22", "1.23")));
  CHECK(meet(between("1.21", "1.22", true), between("1.22", "1.23")));
  CHECK(!meet(edit({"a"}, {}), edit({}, {"a"})));
  CHECK(!meet(exactly(List{{"b"}}), edit({"a"}, {})));
}

TEST_CASE("the choice keeps what is allowed and edits no more than it must") {
  const Type list{TypeKind::list, {}, {}, TypeKind::text};
  const Value current = List{{"z", "x", "y"}};
  CHECK(choose(edit({"x"}, {}), current, list, Preference::first) == current);
  CHECK(choose(edit({"b", "a"}, {"x"}), current, list, Preference::first) ==
        Value(List{{"z", "y", "a", "b"}}));
  CHECK(choose(edit({"a"}, {}), Absent{}, list, Preference::first) == Value(List{{"a"}}));
  CHECK(choose(edit({}, {"a"}), Absent{}, list, Preference::first) == Value(Absent{}));
  CHECK(choose(exactly(go("1.22.2")), go("1.21.0"), version_type(), Preference::newest) ==
        go("1.22.2"));
  CHECK(!choose(between("1.22", "1.23"), go("1.21.0"), version_type(), Preference::newest));
}

TEST_CASE("globs match as a shell's, paths stop at a slash") {
  CHECK(glob_matches("a*c", "abbc"));
  CHECK(glob_matches("a*c", "a/c"));
  CHECK(!glob_matches("a*c", "a/c", true));
  CHECK(glob_matches("a**c", "a/b/c", true));
  CHECK(glob_matches("?", "x"));
  CHECK(!glob_matches("?", "/", true));
  CHECK(!glob_matches("", "x"));
  CHECK(glob_matches("", ""));
  CHECK(!glob_matches(std::string(5000, '*') + "b", std::string(5000, 'a')));
}

TEST_CASE("allowed values read as the policy was written") {
  CHECK(to_text(between("1.22", "1.23")) == "1.22 ..< 1.23");
  Allowed least;
  least.range = Range{Bound{go("1.22.0"), true}, {}};
  CHECK(to_text(least) == ">= 1.22.0");
  CHECK(to_text(edit({"a", "b"}, {})) == "includes [a, b]");
  CHECK(to_text(exactly("direct")) == "direct");
}
