#pragma once

#include <cstdint>

#include "dsl/syntax/lex.h"
#include "dsl/syntax/tree.h"

namespace gopol::dsl::detail {

/// Which loop over items goes on after an error.
enum class Block { file, profile, rule, waive, assert, test };

/// Finds where items begin. Positions count significant tokens.
class Landmarks {
 public:
  Landmarks(const Tree& tree, const Significant& tokens) : tree_(tree), tokens_(tokens) {}

  std::uint32_t size() const { return static_cast<std::uint32_t>(tokens_.kinds.size()); }
  TokenKind kind(std::uint32_t at) const {
    return at < size() ? tokens_.kinds[at] : TokenKind::blank;
  }
  bool first_on_line(std::uint32_t at) const;
  /// An item that no resource body holds: `enforce name`, `test "…"`, first on its line.
  bool begins_item(std::uint32_t at) const;
  /// The same, and this block does not hold such items either: the block was not closed.
  bool begins_outer_item(std::uint32_t at, Block block) const;
  /// Where to go on after an error at `failed` in the item that began at `item`: the next item of
  /// this block, its `}`, or the end. Always past `item`. One pass forward.
  std::uint32_t resume(std::uint32_t item, std::uint32_t failed, bool brace_missing,
                       Block block) const;

  mutable std::uint64_t visited = 0;  ///< tokens that `resume` looked at; tests bound it

 private:
  bool begins_clause(std::uint32_t at, Block block) const;

  const Tree& tree_;
  const Significant& tokens_;
};

}  // namespace gopol::dsl::detail
