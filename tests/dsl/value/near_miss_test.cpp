#include "dsl/value/near_miss.h"

#include <vector>

#include "tests/catch.h"

using namespace gopol::dsl;

TEST_CASE("a slip of the fingers finds the name that was meant") {
  const std::vector<std::string> names{"os.version", "os.name", "cpu.arch", "arm64",   "x86_64",
                                       "macos",      "linux",   "url",      "GOPROXY", "branch"};
  struct Case {
    std::string_view wrong, meant;
  };
  const Case cases[] = {
      {"os.verison", "os.version"},
      {"os.vesion", "os.version"},
      {"cpu.acrh", "cpu.arch"},
      {"aarch64", "arm64"},
      {"AMD64", "x86_64"},
      {"osx", "macos"},
      {"darwin", "macos"},
      {"GOPROXYY", "GOPROXY"},
      {"goproxy", "GOPROXY"},
      {"ulr", "url"},
      {"ur", "url"},
      {"bramch", "branch"},
      {"uuuu", ""},
      {"", ""},
      {"completely.other", ""},
      {"os.vrsoin", "os.version"},
      {"os.vrsxin", ""},
      {"url", "url"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.wrong);
    CHECK(near_miss(c.wrong, names).value_or("") == c.meant);
  }
  CHECK(!near_miss(std::string(10'000, 'x'), names));
  CHECK(!near_miss("aarch64", std::vector<std::string>{"x86_64"}));
}

TEST_CASE("the distance counts a swap as one and is symmetric") {
  CHECK(edit_distance("ab", "ba") == 1);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("sitting", "kitten") == 3);
  CHECK(edit_distance("same", "same") == 0);
}
