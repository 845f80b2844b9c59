#include "cli/workspace/rehearse/consequences.h"

#include <string>

#include "tests/catch.h"

using namespace gopol::cli;

TEST_CASE("what is worse afterwards is told, by what it was before") {
  const auto told = [](Level now, Level then) {
    const Answers before{{{About::go, "x"}, {now, "then"}}},
        after{{{About::go, "x"}, {then, "now"}}};
    const Consequences all = compared(before, after);
    return all.empty() ? std::string() : std::string(to_text(all.front().kind));
  };
  using enum Level;
  const Level levels[] = {fine, poor, unknown, off, broken};
  const char* const expected[5][5] = {
      {"", "worse", "unknown", "worse", "breaks"},
      {"", "", "unknown", "worse", "breaks"},
      {"", "", "", "worse", "worse"},
      {"better", "better", "", "", ""},
      {"better", "better", "", "", ""},
  };
  for (int now = 0; now < 5; ++now) {
    for (int then = 0; then < 5; ++then) {
      CAPTURE(now, then);
      CHECK(told(levels[now], levels[then]) == expected[now][then]);
    }
  }
}
