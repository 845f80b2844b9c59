#include <filesystem>
#include <regex>
#include <set>

#include "tests/catch.h"
#include "tests/golden.h"

namespace fs = std::filesystem;
using namespace gopol;

TEST_CASE("every code that the source can print has a page") {
  const std::regex code("\"([PCRT][0-9]{4})\"");
  std::set<std::string> codes;
  for (const char* room : {"dsl", "engine", "providers", "cli"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(GOPOL_SOURCE_DIR) / room)) {
      const auto extension = entry.path().extension();
      if (extension != ".cpp" && extension != ".h") continue;
      const std::string text = tests::read_file(entry.path());
      for (std::sregex_iterator at(text.begin(), text.end(), code), end; at != end; ++at)
        codes.insert((*at)[1]);
    }
  }
  CHECK(codes.size() > 20);
  for (const std::string& one : codes) {
    CAPTURE(one);
    const std::string page =
        tests::read_file(fs::path(GOPOL_SOURCE_DIR) / "share/explain" / (one + ".md"));
    CHECK(page.starts_with("# " + one + ": "));
  }
}
