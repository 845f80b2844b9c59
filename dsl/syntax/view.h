#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

#include "dsl/syntax/tree.h"

namespace gopol::dsl {

/// One token as the text spells it. Empty text: it is not there.
struct Word {
  std::string_view text;
  SourceSpan span;
  explicit operator bool() const { return !text.empty(); }
};

/// A node of a tree: two words, copied freely, valid while the tree is. A default one is "nothing".
/// Typed views derive from it and add no members; `as`, `first` and `all` choose by kind.
class View {
 public:
  View() = default;
  View(const Tree& tree, std::uint32_t node) : tree_(&tree), node_(node) {}

  explicit operator bool() const { return tree_ != nullptr; }
  bool operator==(const View&) const = default;

  const Tree& tree() const { return *tree_; }
  std::uint32_t index() const { return node_; }
  const Node& node() const { return tree_->nodes[node_]; }
  NodeKind kind() const { return tree_ == nullptr ? NodeKind::none : node().kind; }
  SourceSpan span() const { return tree_->node_span(node_); }
  std::string_view text() const {  ///< as written, inner blanks and comments included
    const SourceSpan at = span();
    return tree_->text.substr(at.begin, at.end - at.begin);
  }

  /// This as a V, or nothing if it is none.
  template <class V>
  V as() const {
    return tree_ != nullptr && V::matches(kind()) ? V(*tree_, node_) : V();
  }
  /// The first child that is a V, or nothing.
  template <class V>
  V first() const;
  /// The children that are a V, in order; `all<View>()` gives every child but error nodes.
  template <class V>
  class Range;
  template <class V>
  Range<V> all() const;
  Range<View> children() const;

  static bool matches(NodeKind kind) { return kind != NodeKind::error; }

 protected:
  /// The nth token of the node that is no trivia; `end` past the last one.
  std::uint32_t token(std::uint32_t nth) const;
  /// The first token of this kind outside of the children; `end` if there is none.
  std::uint32_t own_token(TokenKind kind) const;
  std::uint32_t end() const { return node().first + node().count; }
  TokenKind token_kind(std::uint32_t at) const {
    return at < end() ? tree_->kinds[at] : TokenKind::blank;
  }
  Word word(std::uint32_t at) const {
    if (at >= end()) return {};
    return {tree_->token_text(at), tree_->token_span(at)};
  }

 private:
  const Tree* tree_ = nullptr;
  std::uint32_t node_ = 0;
};

template <class V>
class View::Range {
 public:
  class iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = V;
    using difference_type = std::ptrdiff_t;
    using pointer = const V*;
    using reference = V;

    iterator() = default;
    iterator(const Tree* tree, std::uint32_t at, std::uint32_t end)
        : tree_(tree), at_(at), end_(end) {
      settle();
    }
    V operator*() const { return V(*tree_, at_); }
    iterator& operator++() {
      at_ += tree_->nodes[at_].size;
      settle();
      return *this;
    }
    iterator operator++(int) {
      const iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const iterator& other) const { return at_ == other.at_; }

   private:
    void settle() {
      while (at_ < end_ && !V::matches(tree_->nodes[at_].kind)) at_ += tree_->nodes[at_].size;
    }
    const Tree* tree_ = nullptr;
    std::uint32_t at_ = 0, end_ = 0;
  };

  Range(const Tree* tree, std::uint32_t first, std::uint32_t end)
      : tree_(tree), first_(first), end_(end) {}
  iterator begin() const { return {tree_, first_, end_}; }
  iterator end() const { return {tree_, end_, end_}; }
  bool empty() const { return begin() == end(); }
  std::size_t size() const { return static_cast<std::size_t>(std::distance(begin(), end())); }

 private:
  const Tree* tree_;
  std::uint32_t first_, end_;
};

template <class V>
View::Range<V> View::all() const {
  if (tree_ == nullptr) return {nullptr, 0, 0};
  return {tree_, node_ + 1, node_ + node().size};
}

template <class V>
V View::first() const {
  for (const V found : all<V>()) return found;
  return V();
}

inline View::Range<View> View::children() const { return all<View>(); }

}  // namespace gopol::dsl
