#pragma once

#include <cstdint>
#include <vector>

#include "dsl/syntax/lex.h"
#include "dsl/syntax/tree.h"

namespace gopol::dsl::detail {

/// Appends nodes while the matcher moves, and truncates when it turns back.
/// Positions count significant tokens.
class Builder {
 public:
  Builder(Tree& tree, const Significant& tokens) : tree_(tree), tokens_(tokens) {}

  /// `kind` none: only a place at which `wrap` may later begin a node.
  void open(NodeKind kind, std::uint32_t at) {
    opened_.push_back({static_cast<std::uint32_t>(tree_.nodes.size()), at, kind});
    if (kind != NodeKind::none) tree_.nodes.push_back({tokens_.indices[at], 0, 1, kind});
  }
  void close(std::uint32_t at) {
    const Opened top = opened_.back();
    opened_.pop_back();
    if (top.kind == NodeKind::none) return;
    Node& node = tree_.nodes[top.node];
    node.count = tokens_.indices[at - 1] + 1 - node.first;
    node.size = static_cast<std::uint32_t>(tree_.nodes.size()) - top.node;
  }
  void drop() {
    tree_.nodes.resize(opened_.back().node);
    opened_.pop_back();
  }
  /// Puts a node around all that came since the innermost open place.
  void wrap(NodeKind kind, std::uint32_t at) {
    const Opened top = opened_.back();
    const std::uint32_t first = tokens_.indices[top.at];
    const auto size = static_cast<std::uint32_t>(tree_.nodes.size()) - top.node + 1;
    tree_.nodes.insert(tree_.nodes.begin() + top.node,
                       {first, tokens_.indices[at - 1] + 1 - first, size, kind});
  }
  void leaf(NodeKind kind, std::uint32_t at) {
    tree_.nodes.push_back({tokens_.indices[at], 1, 1, kind});
  }
  /// Changes the kind of the innermost open node.
  void retag(NodeKind kind) { tree_.nodes[opened_.back().node].kind = kind; }

  struct Mark {
    std::size_t nodes = 0, opened = 0;
  };
  Mark mark() const { return {tree_.nodes.size(), opened_.size()}; }
  void back_to(Mark mark) {
    tree_.nodes.resize(mark.nodes);
    opened_.resize(mark.opened);
  }
  /// Tokens [from, to) that no rule could use.
  void error(std::uint32_t from, std::uint32_t to) {
    const std::uint32_t first = tokens_.indices[from];
    tree_.nodes.push_back({first, tokens_.indices[to - 1] + 1 - first, 1, NodeKind::error});
  }

 private:
  struct Opened {
    std::uint32_t node, at;
    NodeKind kind;
  };
  Tree& tree_;
  const Significant& tokens_;
  std::vector<Opened> opened_;
};

}  // namespace gopol::dsl::detail
