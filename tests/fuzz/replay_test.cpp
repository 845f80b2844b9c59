#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "dsl/syntax/parse.h"
#include "tests/catch.h"
#include "tests/fuzz/check_fault.h"
#include "tests/fuzz/invariants.h"
#include "tests/golden.h"
#include "tests/mutations.h"

using namespace gopol;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> seeds() {
  std::vector<std::string> out;
  for (const auto& entry :
       fs::directory_iterator(fs::path(GOPOL_SOURCE_DIR) / "tests/fuzz/corpus/parse")) {
    out.push_back(tests::read_file(entry.path()));
  }
  for (const char* topic : {"parse", "format", "check"}) {
    for (const fs::path& input : tests::golden_inputs(topic))
      out.push_back(tests::read_file(input));
  }
  std::sort(out.begin(), out.end());  // a folder lists in any order
  return out;
}

void check(const std::string& text) {
  CAPTURE(text);
  REQUIRE(tests::parse_fault(text) == "");
  REQUIRE(tests::format_fault(text) == "");
  REQUIRE(tests::check_fault(text) == "");
}

std::vector<std::string> tokens(const std::string& text) {
  dsl::SourceMap sources;
  dsl::Diagnostics ignored;
  const dsl::Tree tree = dsl::parse(sources.add("seed", text), sources, ignored);
  std::vector<std::string> out;
  for (std::uint32_t at = 0; at < tree.token_count(); ++at) out.emplace_back(tree.token_text(at));
  return out;
}

/// Drops, doubles, swaps, replaces or inserts a few tokens.
std::string mutate(std::vector<std::string> text, const std::vector<std::string>& pool,
                   std::mt19937& random) {
  const auto below = [&](std::size_t n) { return static_cast<std::ptrdiff_t>(random() % n); };
  for (std::ptrdiff_t times = 1 + below(3); times > 0 && text.size() > 1; --times) {
    const auto at = text.begin() + below(text.size());
    switch (below(5)) {
      case 0: text.erase(at); break;
      case 1: text.insert(at, std::string(*at)); break;
      case 2: std::swap(*at, text[static_cast<std::size_t>(below(text.size()))]); break;
      case 3: *at = pool[static_cast<std::size_t>(below(pool.size()))]; break;
      default: text.insert(at, pool[static_cast<std::size_t>(below(pool.size()))]);
    }
  }
  std::string out;
  for (const std::string& token : text) out += token;
  return out;
}

}  // namespace

TEST_CASE("every text of the corpus parses and formats soundly") {
  for (const std::string& text : seeds()) check(text);
}

TEST_CASE("no mutation of a policy's tokens breaks parser or formatter") {
  const unsigned seed = 20240917;
  CAPTURE(seed);
  std::mt19937 random(seed);
  std::vector<std::vector<std::string>> texts;
  std::vector<std::string> pool = {"{",     "}",        "[", "]", "(",  ")", "\n",
                                   "# c\n", "enforce ", "=", ";", "//", "'"};
  for (const std::string& text : seeds()) {
    if (text.size() > 2000) continue;
    texts.push_back(tokens(text));
    pool.insert(pool.end(), texts.back().begin(), texts.back().end());
  }
  for (int round = tests::mutations(4000); round > 0; --round) {
    check(mutate(texts[random() % texts.size()], pool, random));
  }
}

TEST_CASE("no bytes at all break parser or formatter") {
  const unsigned seed = 7;
  CAPTURE(seed);
  std::mt19937 random(seed);
  const std::string likely = "{}[]()\"'`#\n =.,|:;!&<>/\\$ax019_\xc3\xa9";
  for (int round = 0; round < 4000; ++round) {
    std::string text(random() % 60, ' ');
    for (char& byte : text) {
      byte =
          random() % 8 == 0 ? static_cast<char>(random() % 256) : likely[random() % likely.size()];
    }
    if (random() % 2 == 0) text.insert(0, "gopol 1.0\nenforce a {\n  b.c {");
    check(text);
  }
}
