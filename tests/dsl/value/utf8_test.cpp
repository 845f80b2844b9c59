#include "dsl/value/utf8.h"

#include <string_view>

#include "tests/catch.h"

using namespace gopol::dsl;

TEST_CASE("a sequence of UTF-8 is neither overlong, nor half a pair, nor past the last character") {
  struct Case {
    std::string_view text;
    std::size_t length;
  };
  for (const auto& [text, length] : {
           Case{"", 0},
           Case{"ab", 1},
           Case{"\xc3\xbc", 2},
           Case{"\xe2\x82\xac", 3},
           Case{"\xf0\x9f\x99\x82", 4},
           Case{"\xc3", 0},
           Case{"\x80", 0},
           Case{"\xc0\xaf", 0},
           Case{"\xe0\x80\xaf", 0},
           Case{"\xed\xa0\x80", 0},
           Case{"\xf0\x80\x80\x80", 0},
           Case{"\xf4\x90\x80\x80", 0},
           Case{"\xf5\x80\x80\x80", 0},
           Case{"\xe2\x82", 0},
       }) {
    CAPTURE(text);
    CHECK(utf8_sequence(text) == length);
  }
}
