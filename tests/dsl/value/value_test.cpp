#include "dsl/value/value.h"

#include "tests/catch.h"

using namespace gopol::dsl;

TEST_CASE("a date is a real day") {
  CHECK(parse_date("2026-12-31") == Date{2026, 12, 31});
  CHECK(parse_date("2024-02-29") == Date{2024, 2, 29});
  for (const char* bad : {"2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "26-01-01",
                          "2026-1-001", "2026-01-1x", ""}) {
    CAPTURE(bad);
    CHECK(!parse_date(bad));
  }
}

TEST_CASE("days and dates are inverse over four centuries") {
  CHECK(days({1970, 1, 1}) == 0);
  CHECK(days({2000, 3, 1}) == 11017);
  for (std::int64_t day = -150000; day < 150000; day += 37) {
    CAPTURE(day);
    CHECK(days(date_from_days(day)) == day);
  }
}

TEST_CASE("a duration is a number and one unit, without overflow") {
  CHECK(parse_duration("90s") == Duration{90});
  CHECK(parse_duration("2w") == Duration{1209600});
  for (const char* bad : {"", "s", "9", "9x", "-9s", "99999999999999999w"}) {
    CAPTURE(bad);
    CHECK(!parse_duration(bad));
  }
}

TEST_CASE("two chains are equal but for the last separator") {
  const Chain a{{{"https://a", false}, {"direct", false}}};
  const Chain b{{{"https://a", false}, {"direct", true}}};
  const Chain c{{{"https://a", true}, {"direct", false}}};
  CHECK(a == b);
  CHECK(!(a == c));
  CHECK(to_text(Value(c)) == "https://a|direct");
}

TEST_CASE("unknown equals nothing, itself included") {
  const Value unknown = Unknown{"no right to read", ""};
  CHECK(!(unknown == unknown));
  CHECK(!unknown.is_known());
  CHECK(Value(Absent{}) == Value(Absent{}));
}

TEST_CASE("a path has one form") {
  CHECK(Path("/a//b/./c/../d/").text == "/a/b/d");
  CHECK(Path("/../..").text == "/");
  CHECK(Path("/a/b").parent() == Path("/a"));
  CHECK(Path("/a").parent() == Path("/"));
  CHECK(Path("/a/b").name() == "b");
  CHECK((Path("/a") / "b/../c") == Path("/a/c"));
  CHECK((Path("/a") / "/b") == Path("/b"));
  CHECK(Path("/a/b").is_within(Path("/a")));
  CHECK(!Path("/ab").is_within(Path("/a")));
  CHECK(Path("/a").is_within(Path("/")));
}
