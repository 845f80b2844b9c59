// captured.tsv says of each captured file which test concludes something from it, and how that
// test's source names it. A file that nobody concludes from fails here.
#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "tests/catch.h"
#include "tests/table.h"

namespace fs = std::filesystem;
using namespace gopol::tests;

namespace {

constexpr const char* folders[] = {"admin", "brew",  "clt",   "cpu",          "macho",
                                   "os",    "shell", "xcode", "xcode-select", "tcc"};

std::set<std::string> captured() {
  std::set<std::string> out;
  const fs::path truth = truth_folder();
  for (const char* folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(truth / folder)) {
      if (entry.is_regular_file()) out.insert(fs::relative(entry.path(), truth).string());
    }
  }
  return out;
}

/// The text of NAME_test.cpp in whatever room; empty if there is none.
std::string source(const std::string& name) {
  for (const auto& entry : fs::recursive_directory_iterator(GOPOL_SOURCE_DIR "/tests/providers")) {
    if (entry.path().filename() == name + "_test.cpp") return read_file(entry.path().string());
  }
  return {};
}

/// A test's name as its source has it; a long one stands below `TEST_CASE(`.
bool has_case(const std::string& text, const std::string& name) {
  for (const char* before : {"TEST_CASE(\"", "TEST_CASE(\n    \""}) {
    if (text.find(before + name + "\"") != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("from every captured file a test that names it concludes something", "[truth]") {
  std::set<std::string> left = captured();
  std::map<std::string, std::string> sources;
  std::istringstream lines(read_file(GOPOL_SOURCE_DIR "/tests/providers/captured.tsv"));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream cells(line);
    std::string file, where, test, named;
    std::getline(cells, file, '\t');
    std::getline(cells, where, '\t');
    std::getline(cells, test, '\t');
    std::getline(cells, named, '\t');
    CAPTURE(file, where, test, named);
    auto& text = sources.try_emplace(where, source(where)).first->second;
    CHECK(has_case(text, test));
    CHECK(!named.empty());
    CHECK(text.find(named) != std::string::npos);
    CHECK(left.erase(file) == 1);
  }
  for (const std::string& file : left) {
    CAPTURE(file);
    CHECK(false);  // nobody concludes anything from it
  }
}
