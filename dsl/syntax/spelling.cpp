#include "dsl/syntax/spelling.h"

#include <string_view>

namespace gopol::dsl::detail {
namespace {

using K = TokenKind;

}  // namespace

Spelling::Spelling(const Tree& tree) : tree_(tree), loose_(tree.token_count(), true) {
  const auto tighten = [&](std::uint32_t from, std::uint32_t to, K bracket) {
    for (std::uint32_t at = from; at < to; ++at) {
      if (tree.kinds[at] == bracket) {
        loose_[at] = false;
        return;
      }
    }
  };
  for (std::uint32_t at = 0; at < tree.nodes.size(); ++at) {
    const Node& node = tree.nodes[at];
    const std::uint32_t end = node.first + node.count;
    const bool parent = node.size > 1;
    if (node.kind == NodeKind::call) tighten(node.first, end, K::paren_open);
    if (node.kind == NodeKind::extension && parent) tighten(node.first, end, K::paren_open);
    if (node.kind == NodeKind::type) tighten(node.first, end, K::bracket_open);
    if (node.kind == NodeKind::profile && parent && tree.nodes[at + 1].kind == NodeKind::param) {
      tighten(node.first, tree.nodes[at + 1].first, K::paren_open);
    }
    if (node.kind != NodeKind::ref) continue;
    std::uint32_t token =
        node.first;  // index brackets are the ref's own; lists inside belong to children
    for (std::uint32_t child = at + 1; child < at + node.size; child += tree.nodes[child].size) {
      while (token < tree.nodes[child].first && tree.kinds[token] != K::bracket_open) ++token;
      if (token < tree.nodes[child].first) loose_[token] = false;
      token = tree.nodes[child].first + tree.nodes[child].count;
    }
  }
}

std::uint32_t Spelling::next(std::uint32_t at, std::uint32_t to) const {
  while (at < to && is_trivia(tree_.kinds[at])) ++at;
  return at;
}

bool Spelling::has_comment(std::uint32_t from, std::uint32_t to) const {
  for (std::uint32_t at = from; at < to; ++at) {
    if (tree_.kinds[at] == K::comment) return true;
  }
  return false;
}

bool Spelling::has_newline(std::uint32_t from, std::uint32_t to) const {
  for (std::uint32_t at = from; at < to; ++at) {
    if (tree_.token_text(at).find('\n') != std::string_view::npos) return true;
  }
  return false;
}

bool Spelling::blank_between(std::uint32_t left, std::uint32_t right) const {
  switch (tree_.kinds[left]) {
    case K::bracket_open:
    case K::paren_open:
    case K::dot: return false;
    default: break;
  }
  switch (tree_.kinds[right]) {
    case K::comma:
    case K::colon:
    case K::dot:
    case K::bracket_close:
    case K::paren_close: return false;
    case K::bracket_open:
    case K::paren_open: return loose_[right];
    default: return true;
  }
}

std::string Spelling::line(std::uint32_t from, std::uint32_t to) const {
  std::string out;
  std::uint32_t before = to;
  for (std::uint32_t at = next(from, to); at < to; at = next(at + 1, to)) {
    if (tree_.kinds[at] == K::comma) {
      const std::uint32_t after = next(at + 1, to);
      if (after < to &&
          (tree_.kinds[after] == K::bracket_close || tree_.kinds[after] == K::paren_close))
        continue;
    }
    if (before != to && blank_between(before, at)) out += ' ';
    out += tree_.token_text(at);
    before = at;
  }
  return out;
}

}  // namespace gopol::dsl::detail
