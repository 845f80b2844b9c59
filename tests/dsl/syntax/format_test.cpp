#include "dsl/syntax/format.h"

#include <algorithm>
#include <string>
#include <vector>

#include "dsl/syntax/parse.h"
#include "tests/catch.h"
#include "tests/dsl/syntax/outline.h"
#include "tests/golden.h"

using namespace gopol;

namespace {

struct Formatted {
  std::string text, outline;
  std::vector<std::string> comments;
  bool broken = false;
};

Formatted formatted(const std::string& text) {
  dsl::SourceMap sources;
  dsl::Diagnostics problems;
  const dsl::Tree tree = dsl::parse(sources.add("a.policy", text), sources, problems);
  Formatted out;
  out.text = dsl::format(tree);
  out.outline = tests::outline(tree);
  out.broken = tree.broken;
  for (std::uint32_t at = 0; at < tree.token_count(); ++at) {
    if (tree.kinds[at] == dsl::TokenKind::comment) out.comments.emplace_back(tree.token_text(at));
  }
  std::sort(out.comments.begin(), out.comments.end());
  return out;
}

void check_properties(const std::string& text) {
  CAPTURE(text);
  const Formatted once = formatted(text);
  const Formatted twice = formatted(once.text);
  CHECK(twice.text == once.text);
  CHECK(twice.comments == once.comments);
  CHECK(twice.broken == once.broken);
  if (!once.broken) CHECK(twice.outline == once.outline);
}

}  // namespace

TEST_CASE("a formatted policy reads as its golden") {
  tests::check_goldens("format", ".fmt", [](const std::string&, const std::string& text) {
    check_properties(text);
    return formatted(text).text;
  });
}

TEST_CASE("formatting twice is formatting once, and keeps meaning and comments") {
  for (const auto& input : tests::golden_inputs("parse")) {
    CAPTURE(input.string());
    check_properties(tests::read_file(input));
  }
}
