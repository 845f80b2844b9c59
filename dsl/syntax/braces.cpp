#include "dsl/syntax/braces.h"

#include <algorithm>

namespace gopol::dsl::detail {
namespace {

using K = TokenKind;
using N = NodeKind;

std::uint32_t end_of(const Tree& tree, std::uint32_t at) {
  return tree.nodes[at].first + tree.nodes[at].count;
}

std::optional<Braces> closed(const Tree& tree, std::uint32_t at, std::uint32_t open) {
  const std::uint32_t last = end_of(tree, at) - 1;
  std::uint32_t from = open + 1;
  for (std::uint32_t child = at + 1; child < at + tree.nodes[at].size;
       child += tree.nodes[child].size) {
    from = std::max(from, end_of(tree, child));
  }
  if (last < from || tree.kinds[last] != K::brace_close) return std::nullopt;
  return Braces{open, last, at};
}

}  // namespace

std::optional<Braces> braces(const Tree& tree, std::uint32_t at) {
  std::uint32_t token = tree.nodes[at].first;
  for (std::uint32_t child = at + 1; child < at + tree.nodes[at].size;
       child += tree.nodes[child].size) {
    for (; token < tree.nodes[child].first; ++token) {
      if (tree.kinds[token] == K::brace_open) return closed(tree, at, token);
    }
    if (tree.nodes[child].kind == N::body) return closed(tree, child, tree.nodes[child].first);
    token = end_of(tree, child);
  }
  for (; token < end_of(tree, at); ++token) {
    if (tree.kinds[token] == K::brace_open) return closed(tree, at, token);
  }
  return std::nullopt;
}

bool holds_braces(const Tree& tree, std::uint32_t at) {
  switch (tree.nodes[at].kind) {
    case N::rule:
    case N::override_rule:
    case N::waive:
    case N::assert_item:
    case N::test:
    case N::profile:
    case N::labels:
    case N::for_each: return true;
    case N::resource: {
      const K last = tree.kinds[end_of(tree, at) - 1];
      return last != K::kw_present && last != K::kw_absent;
    }
    default: return false;
  }
}

}  // namespace gopol::dsl::detail
