#include "tests/dsl/syntax/outline.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace gopol::tests {
namespace {

using dsl::Node;
using dsl::Tree;

bool nests(const Tree& tree, std::uint32_t at) {
  const Node& node = tree.nodes[at];
  std::uint32_t from = node.first;
  std::uint32_t child = at + 1;
  while (child < at + node.size) {
    const Node& inner = tree.nodes[child];
    if (inner.size == 0 || inner.first < from || !nests(tree, child)) return false;
    from = inner.first + inner.count;
    child += inner.size;
  }
  return child == at + node.size && from <= node.first + node.count &&
         node.first + node.count <= tree.token_count();
}

/// The node's tokens that are no child's; `closing` is the last one's index.
std::string own_tokens(const Tree& tree, std::uint32_t at) {
  const Node& node = tree.nodes[at];
  std::string out;
  std::uint32_t child = at + 1;
  for (std::uint32_t token = node.first; token < node.first + node.count; ++token) {
    if (child < at + node.size && token == tree.nodes[child].first) {
      token += tree.nodes[child].count - 1;
      child += tree.nodes[child].size;
      continue;
    }
    if (is_trivia(tree.kinds[token]) || tree.kinds[token] == dsl::TokenKind::comma) continue;
    out += ' ';
    out += tree.token_text(token);
  }
  return out;
}

void print(const Tree& tree, std::uint32_t at, std::size_t depth, std::string& out) {
  const Node& node = tree.nodes[at];
  out += std::string(depth * 2, ' ') + std::to_string(static_cast<int>(node.kind)) +
         own_tokens(tree, at) + '\n';
  std::vector<std::string> children;
  for (std::uint32_t child = at + 1; child < at + node.size; child += tree.nodes[child].size) {
    children.emplace_back();
    print(tree, child, depth + 1, children.back());
  }
  const bool ordered = node.kind != dsl::NodeKind::rule &&
                       node.kind != dsl::NodeKind::override_rule &&
                       node.kind != dsl::NodeKind::waive && node.kind != dsl::NodeKind::profile;
  if (!ordered) std::sort(children.begin(), children.end());
  for (const std::string& child : children) out += child;
}

}  // namespace

bool tiles(const Tree& tree) {
  if (tree.offsets.size() != tree.kinds.size() + 1 || tree.offsets.back() != tree.text.size())
    return false;
  std::string printed;
  for (std::uint32_t token = 0; token < tree.token_count(); ++token) {
    if (tree.offsets[token] >= tree.offsets[token + 1]) return false;
    printed += tree.token_text(token);
  }
  return printed == tree.text && tree.nodes[0].size == tree.nodes.size() && nests(tree, 0);
}

std::string outline(const Tree& tree) {
  std::string out;
  print(tree, 0, 0, out);
  return out;
}

}  // namespace gopol::tests
