#pragma once

#include <cstdint>
#include <optional>

#include "dsl/syntax/tree.h"

namespace gopol::dsl::detail {

/// The braces of an item: tokens; and the node whose children stand between them.
struct Braces {
  std::uint32_t open = 0, close = 0, node = 0;
};

/// The braces between which node `at` holds items; nothing if it has none, or they are not closed.
std::optional<Braces> braces(const Tree& tree, std::uint32_t at);

/// Whether node `at` is of a kind that has braces.
bool holds_braces(const Tree& tree, std::uint32_t at);

}  // namespace gopol::dsl::detail
