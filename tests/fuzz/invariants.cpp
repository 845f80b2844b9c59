#include "tests/fuzz/invariants.h"

#include <algorithm>
#include <vector>

#include "dsl/syntax/encoding.h"
#include "dsl/syntax/format.h"
#include "dsl/syntax/parse.h"
#include "dsl/value/diagnostic.h"
#include "tests/dsl/syntax/outline.h"

namespace gopol::tests {
namespace {

std::vector<std::string> comments(const dsl::Tree& tree) {
  std::vector<std::string> out;
  for (std::uint32_t at = 0; at < tree.token_count(); ++at) {
    if (tree.kinds[at] != dsl::TokenKind::comment) continue;
    const std::string_view text = tree.token_text(at);
    out.emplace_back(text.substr(0, text.find_last_not_of(" \t\r") + 1));
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

std::string parse_fault(std::string_view text) {
  dsl::SourceMap sources;
  dsl::Diagnostics problems;
  const dsl::Tree tree =
      dsl::parse(sources.add("fuzz.policy", std::string(text)), sources, problems);
  if (!tiles(tree)) return "the tokens do not tile the text, or the nodes do not nest";
  if (tree.broken != has_errors(problems)) return "broken without an error, or the other way round";
  // Twenty, the byte that ends the reading, and that there are more.
  if (problems.size() > dsl::detail::most_errors + 2) return "too many errors";
  for (const dsl::Diagnostic& problem : problems) {
    if (problem.primary && problem.primary->span.end > text.size()) return "a span past the end";
    if (render(problem, sources).empty()) return "an error without words";
  }
  return {};
}

std::string format_fault(std::string_view text) {
  dsl::SourceMap sources;
  dsl::Diagnostics ignored;
  const dsl::Tree tree =
      dsl::parse(sources.add("fuzz.policy", std::string(text)), sources, ignored);
  const std::string once = dsl::format(tree);
  const dsl::Tree again = dsl::parse(sources.add("once.policy", once), sources, ignored);
  if (dsl::format(again) != once)
    return "formatting twice is not formatting once:\n" + once + "---\n" + dsl::format(again);
  if (comments(tree) != comments(again)) return "a comment was lost or changed:\n" + once;
  if (!tree.broken && again.broken) return "formatting broke the policy:\n" + once;
  if (!tree.broken && outline(tree) != outline(again))
    return "formatting changed the meaning:\n" + once;
  return {};
}

}  // namespace gopol::tests
