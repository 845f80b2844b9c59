#pragma once

#include "dsl/syntax/tree.h"
#include "dsl/value/diagnostic.h"

namespace gopol::dsl::detail {

/// P1009 for the first byte that is not UTF-8, or NUL, and P1010 for each token before it that
/// holds a deceptive character as it is; and no second word about the same byte.
void check_encoding(const Tree& tree, const SourceMap& sources, Diagnostics& errors);

}  // namespace gopol::dsl::detail
