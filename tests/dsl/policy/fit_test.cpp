#include "dsl/policy/fit.h"

#include "tests/catch.h"

using namespace gopol::dsl;

namespace {

Result<Done> even(const Value& value) {
  const auto* number = value.as<std::int64_t>();
  if (number != nullptr && *number % 2 == 0) return Done{};
  return problem("P2004", "it is odd");
}

std::string why(TypeKind kind, const Value& value, Result<Done> (*validate)(const Value&) = {}) {
  AttributeSchema attribute;
  attribute.type.kind = kind;
  attribute.validate = validate;
  const auto found = misfit(attribute, value);
  return found ? found->message : "";
}

}  // namespace

TEST_CASE("a value that could not be read as its type does not fit") {
  CHECK(why(TypeKind::chain, "none") == "invalid proxy URL missing scheme: none");
  CHECK(why(TypeKind::chain, "https://a.example") == "");
  CHECK(why(TypeKind::path, "rel") == "`rel` is no path");
  CHECK(why(TypeKind::path, Path("/abs")) == "");
  CHECK(why(TypeKind::list, "a 'b") == "`a 'b` is no list[string]");
  CHECK(why(TypeKind::text, "anything") == "");
  AttributeSchema mode;
  mode.type = {TypeKind::word, {}, {"on", "off"}};
  CHECK(!misfit(mode, "on"));
  CHECK(misfit(mode, "on\r")->message.text() == "`on\r` is not one of on, off");
}

TEST_CASE("what breaks an attribute's own rule does not fit; what is not known is not judged") {
  CHECK(why(TypeKind::integer, Value(std::int64_t{3}), even) == "it is odd");
  CHECK(why(TypeKind::integer, Value(std::int64_t{4}), even) == "");
  CHECK(why(TypeKind::integer, Absent{}, even) == "");
  CHECK(why(TypeKind::chain, Unknown{"unreadable", ""}, even) == "");
}
