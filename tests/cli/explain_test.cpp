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

/// The codes of all diagnostics that are made anywhere.
std::set<std::string> codes_of_source() {
  std::set<std::string> codes;
  for (const char* room : {"dsl", "engine", "providers", "cli"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(GOPOL_SOURCE_DIR) / room)) {
      const auto extension = entry.path().extension();
      if (extension != ".cpp" && extension != ".h") continue;
      const std::string text = tests::read_file(entry.path());
      collect_codes(text, codes);
    }
  }
  return codes;
}

}  // namespace

TEST_CASE("every code that the source can print has a page") {
  const std::set<std::string> codes = codes_of_source();
  CHECK(codes.size() > 20);
  for (const std::string& one : codes) {
    CAPTURE(one);
    const std::string page =
        tests::read_file(fs::path(GOPOL_SOURCE_DIR) / "share/explain" / (one + ".md"));
    CHECK(page.starts_with("# " + one + ": "));
  }
}

TEST_CASE("every code that the source can print is shown by a golden") {
  std::string shown;
  for (const char* folder : {"tests/golden", "tests/scenarios"}) {
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(GOPOL_SOURCE_DIR) / folder)) {
      const auto extension = entry.path().extension();
      if (extension == ".diag" || extension == ".txt") shown += tests::read_file(entry.path());
    }
  }
  // These need a second run at the same time, an ordinary user, or a person at a terminal.
  const std::set<std::string> elsewhere = {"R4005", "R4006", "R4101"};
  for (const std::string& one : codes_of_source()) {
    CAPTURE(one);
    const bool is_shown = shown.find("[" + one + "]") != std::string::npos;
    CHECK(is_shown != elsewhere.contains(one));
  }
}
