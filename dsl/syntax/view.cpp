#include "dsl/syntax/view.h"

namespace gopol::dsl {

std::uint32_t View::token(std::uint32_t nth) const {
  std::uint32_t at = tree_->significant(node().first);
  for (; nth > 0 && at < end(); --nth) at = tree_->significant(at + 1);
  return at < end() ? at : end();
}

std::uint32_t View::own_token(TokenKind kind) const {
  std::uint32_t at = node().first;
  const auto scan = [&](std::uint32_t to) {
    while (at < to && tree_->kinds[at] != kind) ++at;
    return at < to;
  };
  const std::uint32_t past = node_ + node().size;
  for (std::uint32_t child = node_ + 1; child < past; child += tree_->nodes[child].size) {
    const Node& inner = tree_->nodes[child];
    if (scan(inner.first)) return at;
    at = inner.first + inner.count;
  }
  return scan(end()) ? at : end();
}

}  // namespace gopol::dsl
