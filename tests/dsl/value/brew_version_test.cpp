#include "dsl/value/version.h"

#include <string>
#include <vector>

#include "tests/catch.h"

using namespace gopol;

namespace {

std::strong_ordering compared(const std::string& a, const std::string& b) {
  const auto of = [](const std::string& text) {
    return dsl::Version{text, dsl::VersionScheme::brew};
  };
  return dsl::compare(of(a), of(b));
}

}  // namespace

TEST_CASE("versions of formulae are in Homebrew's order") {
  const std::vector<std::vector<std::string>> rising = {
      {"1.23alpha", "1.23beta1", "1.23beta2", "1.23pre", "1.23rc1", "1.23rc2", "1.23", "1.23.1"},
      {"3.4", "3.5", "3.5a", "3.5b", "3.6"},
      {"1.1.1", "1.1.1v", "1.1.1w", "1.1.2"},
      {"0.9.8", "0.9.8a", "0.9.8zg", "0.9.8zh", "0.9.9"},
      {"9.9", "9.9p1", "9.9p2", "10.0"},
      {"9", "9e", "9f", "10"},
      {"1.2.3", "1.2.3.post1", "1.2.3.post2", "1.2.3.1"},
      {"2", "2b", "2.0.1"},
      {"2a1", "2b1", "2"},
      {"99999999999999999999999", "100000000000000000000000"},
      {"20190702", "20190702_1", "20190702_2", "20190702_10"},
      {"1.6.3", "1.6.3_1", "HEAD-1a2b3c"},
      {"8.2p1", "8.2.0.1"},
      {"3.0.0beta", "3.0.0RC1", "3.0.0"}};
  for (const auto& row : rising) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      for (std::size_t j = 0; j < row.size(); ++j) {
        CAPTURE(row[i], row[j]);
        CHECK((compared(row[i], row[j]) == (i <=> j)));
      }
    }
  }
}

TEST_CASE(
    "zeros and separators at the end do not count for Homebrew, and one HEAD is as new as "
    "another") {
  CHECK((compared("1.0", "1.0.0") == 0));
  CHECK((compared("1", "1.0_0") == 0));
  CHECK((compared("1-2", "1.2") == 0));
  CHECK((compared("HEAD", "HEAD-abc") == 0));
  CHECK((compared("1.0a", "1.0.0a") == 0));
  CHECK((compared("HEADER", "1") < 0));
}
