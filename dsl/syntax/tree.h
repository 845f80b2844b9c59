#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "dsl/value/source.h"

namespace gopol::dsl {

// clang-format off
/// What a token is. The order matters: trivia, junk, signs, literals, words; contextual before reserved.
enum class TokenKind : std::uint8_t {
  blank, comment, bom,
  // junk: no rule takes these; each has a message of its own
  stray, bad_number, bad_string, single_quoted, slash_comment, semicolon, and_and, or_or, bang,
  // signs
  brace_open, brace_close, bracket_open, bracket_close, paren_open, paren_close,
  comma, bar, dot, colon, assign, equal, unequal, less_equal, greater_equal, less, greater,
  range_closed, range_half_open,
  // literals
  date, version, duration, integer, string, raw,
  // words that may name things: the plain ones, then those that mean something in one place only
  word,
  kw_gopol, kw_name, kw_epoch, kw_import, kw_labels, kw_let, kw_profile, kw_extends, kw_rule, kw_waive, kw_assert,
  kw_cover, kw_assume, kw_test, kw_owner, kw_on, kw_skip, kw_fail, kw_known, kw_unknown, kw_given, kw_fixture,
  kw_expect, kw_converges, kw_passes, kw_pass, kw_no, kw_changes, kw_applies, kw_skipped, kw_waived,
  // reserved words
  kw_enforce, kw_warn, kw_sealed, kw_override, kw_for, kw_when, kw_because, kw_after, kw_default, kw_unset,
  kw_present, kw_absent, kw_in, kw_is, kw_and, kw_or, kw_not, kw_includes, kw_excludes, kw_matches,
  kw_true, kw_false, kw_as, kw_with, kw_until, kw_that, kw_message,
};
// clang-format on

constexpr bool is_trivia(TokenKind kind) { return kind <= TokenKind::bom; }
constexpr bool is_junk(TokenKind kind) {
  return kind >= TokenKind::stray && kind <= TokenKind::bang;
}
constexpr bool is_word(TokenKind kind) { return kind >= TokenKind::word; }
constexpr bool is_reserved(TokenKind kind) { return kind >= TokenKind::kw_enforce; }

// clang-format off
/// What a node is: LANGUAGE section 3 in order. `error` holds tokens that no rule could use.
enum class NodeKind : std::uint8_t {
  none, error,
  file, pragma, import, labels, label, let, type, param, profile, extension, argument,
  rule, override_rule, waive, assert_item, cover, assume, test,
  when, because, owner, after, on_unknown, that, message,
  resource, body, for_each, unset, attribute,
  given, given_fact, expect, qname,
  // expressions
  or_, and_, not_, compare, is, in, matches, range,
  date, version, duration, integer, string, raw, boolean, list, call, ref,
};
// clang-format on

constexpr bool is_expression(NodeKind kind) { return kind >= NodeKind::or_; }

/// Tokens [first, first + count), the first and last of them no trivia, and a subtree of `size`
/// nodes, itself included, so the next sibling is `size` further on.
struct Node {
  std::uint32_t first = 0, count = 0, size = 1;
  NodeKind kind = NodeKind::none;
};

/// All of one text, losslessly: the tokens tile it, blanks, comments and broken parts included;
/// the nodes stand in preorder, node 0 is the file. Made by parse(), read through views.
struct Tree {
  SourceId source;
  std::string_view text;               ///< owned by the SourceMap
  std::vector<std::uint32_t> offsets;  ///< where each token begins; one more at the end of the text
  std::vector<TokenKind> kinds;        ///< of each token
  std::vector<Node> nodes;
  bool broken = false;  ///< parse() reported an error

  std::uint32_t token_count() const { return static_cast<std::uint32_t>(kinds.size()); }
  std::string_view token_text(std::uint32_t token) const {
    return text.substr(offsets[token], offsets[token + 1] - offsets[token]);
  }
  SourceSpan token_span(std::uint32_t token) const {
    return {source, offsets[token], offsets[token + 1]};
  }
  SourceSpan node_span(std::uint32_t node) const {
    const Node& at = nodes[node];
    return {source, offsets[at.first], offsets[at.first + at.count]};
  }
  /// The first token from `token` on that is no trivia; token_count() if there is none.
  std::uint32_t significant(std::uint32_t token) const {
    while (token < token_count() && is_trivia(kinds[token])) ++token;
    return token;
  }
};

}  // namespace gopol::dsl
