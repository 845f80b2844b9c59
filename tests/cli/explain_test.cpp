#include <filesystem>
#include <set>

#include "tests/catch.h"
#include "tests/golden.h"

namespace fs = std::filesystem;
using namespace gopol;

namespace {

/// The codes in quotes: a letter of PCRT and four digits.
void collect_codes(const std::string& text, std::set<std::string>& into) {
  for (std::size_t at = text.find('"'); at != std::string::npos; at = text.find('"', at + 1)) {
    const std::string code = text.substr(at + 1, 5);
    const bool shape = code.size() == 5 && std::string("PCRT").find(code[0]) != std::string::npos &&
                       code.find_first_not_of("0123456789", 1) == std::string::npos;
    if (shape && text.substr(at + 6, 1) == "\"") into.insert(code);
  }
}

}  // namespace

TEST_CASE("every code that the source can print has a page") {
  std::set<std::string> codes;
  for (const char* room : {"dsl", "engine", "providers", "cli"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(GOPOL_SOURCE_DIR) / room)) {
      const auto extension = entry.path().extension();
      if (extension != ".cpp" && extension != ".h") continue;
      const std::string text = tests::read_file(entry.path());
      collect_codes(text, codes);
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
