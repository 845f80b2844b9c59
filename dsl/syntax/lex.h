#pragma once

#include <cstdint>
#include <vector>

#include "dsl/syntax/tree.h"

namespace gopol::dsl::detail {

/// The tokens that a grammar sees: all but trivia.
struct Significant {
  std::vector<TokenKind> kinds;        ///< one byte each: the matcher's input
  std::vector<std::uint32_t> indices;  ///< of the same tokens in the tree, and one past the last
};

/// Cuts `tree.text` into tokens that tile it; never fails, what is no token becomes junk.
void lex(Tree& tree, Significant& significant);

TokenKind word_kind(std::string_view word);

}  // namespace gopol::dsl::detail
