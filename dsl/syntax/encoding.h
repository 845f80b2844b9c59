#pragma once

#include <cstddef>

#include "dsl/syntax/tree.h"
#include "dsl/value/diagnostic.h"

namespace gopol::dsl::detail {

constexpr std::size_t most_errors = 20;  ///< told of one file, and the byte that ends its reading

/// P1009 for the first byte that is not UTF-8, or NUL, and P1010 for each token before it that
/// holds a deceptive character as it is; and no second word about the same byte. Of `errors` the
/// last ones make room, since such characters are often what is behind them; false if some did.
bool check_encoding(const Tree& tree, const SourceMap& sources, Diagnostics& errors);

}  // namespace gopol::dsl::detail
