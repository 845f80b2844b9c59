#include "dsl/value/display_width.h"

#include <string_view>

#include "dsl/value/diagnostic.h"
#include "tests/catch.h"

using namespace gopol::dsl;

TEST_CASE("a text takes the columns that a terminal gives it") {
  struct Case {
    std::string_view text;
    std::size_t columns;
  };
  for (const auto& [text, columns] : {
           Case{"", 0}, Case{"plain", 5}, Case{"gr\u00fcn", 4}, Case{"\u2192", 1},
           Case{"\u6f22\u5b57", 4},  // CJK
           Case{"\uff21", 2},        // a full-width A
           Case{"\U0001f642", 2},    // emoji
           Case{"e\u0301", 1},       // a combining accent
           Case{"a\u200bb", 2},      // a space without width
           Case{"a\xff\xc3", 3},     // bytes that are no UTF-8
       }) {
    CAPTURE(text);
    CHECK(display_width(text) == columns);
  }
}

TEST_CASE("carets stand below wide characters") {
  SourceMap sources;
  const std::string_view line = "a \u6f22 = wrong";
  const SourceId source = sources.add("a.policy", std::string(line));
  Diagnostic problem;
  problem.code = "P0000";
  problem.message = "m";
  const auto at = static_cast<std::uint32_t>(line.find("wrong"));
  problem.primary = Label{{source, at, at + 5}, "here"};
  CHECK(render(problem, sources).find("\n  |        ^^^^^ here\n") != std::string::npos);
}
