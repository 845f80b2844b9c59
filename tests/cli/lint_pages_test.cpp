// Every lint has a page in share/explain whose examples show it: the wrong one is reported, the
// right one is not.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "tests/catch.h"
#include "tests/golden.h"
#include "tests/lint.h"

namespace fs = std::filesystem;
using namespace gopol;

namespace {

/// The fenced blocks of a page by what follows the fence: `gopol bad`, `gopol file NAME`.
std::map<std::string, std::string> blocks(const std::string& page) {
  const std::string fence = "```";
  std::map<std::string, std::string> out;
  for (std::size_t at = page.find(fence); at != std::string::npos; at = page.find(fence, at)) {
    const std::size_t line = page.find('\n', at) + 1;
    const std::size_t end = page.find(fence, line);
    out[page.substr(at + fence.size(), line - at - fence.size() - 1)] =
        page.substr(line, end - line);
    at = end + fence.size();
  }
  return out;
}

std::string page_of(std::string_view code) {
  return tests::read_file(fs::path(GOPOL_SOURCE_DIR) / "share/explain" /
                          (std::string(code) + ".md"));
}

dsl::Diagnostics found_in(const std::string& kind,
                          const std::map<std::string, std::string>& examples,
                          dsl::SourceMap& sources) {
  std::map<std::string, std::string> files;
  for (const auto& [name, text] : examples) {
    if (name.starts_with("gopol file ")) files[name.substr(11)] = text;
  }
  return tests::linted(examples.at(kind), sources, files);
}

/// The codes that a page's example gets; errors of the checker too.
std::set<std::string> codes_of(const std::string& kind,
                               const std::map<std::string, std::string>& examples) {
  dsl::SourceMap sources;
  std::set<std::string> out;
  for (const auto& found : found_in(kind, examples, sources))
    out.insert(found.severity == dsl::Severity::error ? "error " + found.code : found.code);
  return out;
}

bool holds(const std::set<std::string>& codes, const std::string& code) {
  return codes.contains(code) || codes.contains("error " + code);
}

bool has_other_errors(const std::set<std::string>& codes, const std::string& code) {
  return std::any_of(codes.begin(), codes.end(), [&](const std::string& one) {
    return one.starts_with("error ") && one != "error " + code;
  });
}

}  // namespace

TEST_CASE("every lint has a page whose examples show it") {
  for (const dsl::lint::LintName& lint : tests::all_lints()) {
    const std::string code(lint.code);
    CAPTURE(code);
    const std::string page = page_of(code);
    CHECK(page.starts_with("# " + code + ": " + std::string(lint.what) + "\n"));
    const auto examples = blocks(page);
    REQUIRE(examples.contains("gopol bad"));
    REQUIRE(examples.contains("gopol good"));
    const auto bad = codes_of("gopol bad", examples), good = codes_of("gopol good", examples);
    CHECK(holds(bad, code));
    CHECK(!has_other_errors(bad, code));
    CHECK(!holds(good, code));
    CHECK(!has_other_errors(good, code));
  }
}

TEST_CASE("what a lint says of its page's wrong example") {
  std::string said;
  for (const dsl::lint::LintName& lint : tests::all_lints()) {
    dsl::SourceMap sources;
    for (const auto& found : found_in("gopol bad", blocks(page_of(lint.code)), sources)) {
      if (found.code == lint.code) said += dsl::render(found, sources);
    }
  }
  CHECK(tests::matches_golden(GOPOL_SOURCE_DIR "/tests/golden/lint/pages.md", ".txt", said));
}

TEST_CASE("every page on a lint is about one that there is") {
  std::set<std::string> codes;
  for (const dsl::lint::LintName& lint : tests::all_lints())
    CHECK(codes.insert(std::string(lint.code)).second);
  for (const auto& entry : fs::directory_iterator(GOPOL_SOURCE_DIR "/share/explain")) {
    const std::string code = entry.path().stem().string();
    CAPTURE(code);
    CHECK((!code.starts_with('L') || codes.contains(code)));
  }
}
