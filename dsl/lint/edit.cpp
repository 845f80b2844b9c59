#include "dsl/lint/edit.h"

#include <utility>

namespace gopol::dsl::lint {
namespace {

/// The next token before `at` that is no trivia; token_count() if there is none.
std::uint32_t before(const Tree& tree, std::uint32_t at) {
  while (at-- > 0) {
    if (!is_trivia(tree.kinds[at])) return at;
  }
  return tree.token_count();
}

bool is(const Tree& tree, std::uint32_t at, TokenKind kind) {
  return at < tree.token_count() && tree.kinds[at] == kind;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

Tokens with_parentheses(const View& node) {
  const Tree& tree = node.tree();
  Tokens out{node.node().first, node.node().first + node.node().count};
  while (true) {
    const std::uint32_t open = before(tree, out.first), close = tree.significant(out.end);
    if (!is(tree, open, TokenKind::paren_open) || !is(tree, close, TokenKind::paren_close))
      return out;
    out = {open, close + 1};
  }
}

SourceSpan span_of(const Tree& tree, Tokens tokens) {
  return {tree.source, tree.offsets[tokens.first], tree.offsets[tokens.end]};
}

std::string bare_text(const View& node) {
  const Tree& tree = node.tree();
  std::string out;
  for (std::uint32_t at = node.node().first; at < node.node().first + node.node().count; ++at) {
    if (is_trivia(tree.kinds[at])) continue;
    if (!out.empty()) out += ' ';
    out += tree.token_text(at);
  }
  return out;
}

bool has_comment(const Tree& tree, Tokens tokens) {
  for (std::uint32_t at = tokens.first; at < tokens.end; ++at) {
    if (tree.kinds[at] == TokenKind::comment) return true;
  }
  return false;
}

SourceSpan whole_lines(const Tree& tree, SourceSpan span) {
  SourceSpan out = span;
  const std::string_view text = tree.text;
  std::uint32_t begin = out.begin, end = out.end;
  while (begin > 0 && is_blank(text[begin - 1])) --begin;
  while (end < text.size() && (is_blank(text[end]) || text[end] == '\r')) ++end;
  const bool starts_line = begin == 0 || text[begin - 1] == '\n';
  const bool ends_line = end == text.size() || text[end] == '\n';
  if (!ends_line) return out;
  out.begin = begin;
  if (!starts_line) return out;
  out.end = end < text.size() ? end + 1 : end;
  return out;
}

Diagnostic fixed(Diagnostic diagnostic, std::string title, std::vector<Edit> edits) {
  if (diagnostic.help.empty()) diagnostic.help = title;
  diagnostic.fixes.push_back({std::move(title), Safety::safe, std::move(edits)});
  return diagnostic;
}

}  // namespace gopol::dsl::lint
