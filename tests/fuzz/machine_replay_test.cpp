#include <random>
#include <string>

#include "tests/catch.h"
#include "tests/fuzz/machine_fault.h"
#include "tests/mutations.h"

using namespace gopol;

TEST_CASE("a damaged file gives facts of their type, or unknown with a reason") {
  const unsigned seed = 20261125;
  CAPTURE(seed);
  std::mt19937 random(seed);
  REQUIRE(tests::damageable_files() > 50);
  for (std::size_t file = 0; file < tests::damageable_files(); ++file) {
    for (int round = tests::mutations(8); round > 0; --round) {
      std::string recipe{static_cast<char>(file >> 8U), static_cast<char>(file & 0xffU)};
      for (std::size_t left = 1 + random() % 24; left > 0; --left)
        recipe += static_cast<char>(random() % 256);
      CAPTURE(file, recipe);
      REQUIRE(tests::machine_fault(recipe) == "");
    }
  }
}
