#include "dsl/value/prose.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "tests/catch.h"

namespace {

using gopol::dsl::Prose;

template <class A, class B>
concept Comparable = requires(const A& a, const B& b) {
  a == b;
};

static_assert(Comparable<std::string, std::string>);
static_assert(!Comparable<Prose, Prose>);
static_assert(!Comparable<Prose, std::string>);
static_assert(!Comparable<std::string, Prose>);
static_assert(!Comparable<Prose, std::string_view>);
static_assert(!Comparable<std::string_view, Prose>);
static_assert(!Comparable<Prose, const char*>);
static_assert(!Comparable<const char*, Prose>);

}  // namespace

TEST_CASE("a text for people is shown, and copied deeply") {
  const Prose none, empty("");
  CHECK(none.empty());
  CHECK(empty.empty());
  CHECK(none.text() == "");
  Prose text("no network");
  const Prose copy = text;
  text = "shut";
  CHECK(copy.text() == "no network");
  CHECK(fmt::format("{}: {}", copy, text) == "no network: shut");
  CHECK("unknown: " + copy == "unknown: no network");
  CHECK(copy + "!" == "no network!");
}
