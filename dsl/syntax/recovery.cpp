#include "dsl/syntax/recovery.h"

#include <algorithm>
#include <string_view>

namespace gopol::dsl::detail {
namespace {

using K = TokenKind;

bool is_ident(TokenKind kind) { return is_word(kind) && !is_reserved(kind); }

}  // namespace

bool Landmarks::first_on_line(std::uint32_t at) const {
  std::uint32_t token = tokens_.indices[at];
  while (token > 0 && is_trivia(tree_.kinds[token - 1])) {
    --token;
    if (tree_.token_text(token).find('\n') != std::string_view::npos) return true;
  }
  return token == 0;
}

bool Landmarks::begins_item(std::uint32_t at) const {
  const K next = kind(at + 1);
  bool fits = false;
  switch (kind(at)) {
    case K::kw_enforce:
    case K::kw_warn:
    case K::kw_override:
    case K::kw_profile:
    case K::kw_waive:
    case K::kw_assert:
    case K::kw_let: fits = is_ident(next); break;
    case K::kw_cover: fits = is_ident(next) && kind(at + 2) == K::dot; break;
    case K::kw_assume: fits = is_ident(next) || next == K::kw_not; break;
    case K::kw_sealed: fits = next == K::kw_enforce || next == K::kw_warn; break;
    case K::kw_test:
    case K::kw_import: fits = next == K::string; break;
    case K::kw_labels: fits = next == K::brace_open; break;
    default: return false;
  }
  return fits && first_on_line(at);
}

bool Landmarks::begins_outer_item(std::uint32_t at, Block block) const {
  if (block == Block::file || !begins_item(at)) return false;
  switch (kind(at)) {
    case K::kw_let: return block != Block::test && block != Block::profile;
    case K::kw_enforce:
    case K::kw_warn:
    case K::kw_sealed:
    case K::kw_override:
    case K::kw_waive:
    case K::kw_assert:
    case K::kw_cover: return block != Block::profile;
    default: return true;
  }
}

bool Landmarks::begins_clause(std::uint32_t at, Block block) const {
  if (block == Block::file) return false;
  switch (kind(at)) {
    case K::kw_when:
    case K::kw_because: return true;
    case K::kw_owner: return kind(at + 1) == K::string;
    case K::kw_on: return block == Block::rule && kind(at + 1) == K::kw_unknown;
    case K::kw_after:
    case K::kw_for: return block == Block::rule;
    case K::kw_that:
    case K::kw_message: return block == Block::assert;
    case K::kw_given:
    case K::kw_expect: return block == Block::test && first_on_line(at);
    default: return block == Block::rule && is_ident(kind(at)) && first_on_line(at);
  }
}

std::uint32_t Landmarks::resume(std::uint32_t item, std::uint32_t failed, bool brace_missing,
                                Block block) const {
  int depth = brace_missing && kind(failed) != K::brace_close ? 1 : 0;
  for (std::uint32_t at = item; at < failed; ++at) {
    if (kind(at) == K::brace_open) ++depth;
    if (kind(at) == K::brace_close) --depth;
  }
  depth = std::max(depth, 0);
  visited += failed - item;
  for (std::uint32_t at = std::max(failed, item); at < size(); ++at) {
    ++visited;
    if (at > item && begins_item(at)) return at;
    if (at > item && depth == 0 && begins_clause(at, block)) return at;
    if (kind(at) == K::brace_open) ++depth;
    if (kind(at) != K::brace_close) continue;
    if (depth == 0) return block == Block::file ? at + 1 : std::max(at, item + 1);
    if (--depth == 0) return at + 1;
  }
  return size();
}

}  // namespace gopol::dsl::detail
