#pragma once

#include <string_view>

#include "dsl/syntax/tree.h"
#include "dsl/value/diagnostic.h"
#include "dsl/value/source.h"

namespace gopol::dsl {

/// The newest language that this engine reads.
inline constexpr std::string_view language_version = "1.0";

/// Reads one text. Always gives a tree that tiles the text, of broken text too; reports what is
/// broken (P1001 … P1009), one diagnostic an item and 20 a file. Linear in the text.
Tree parse(SourceId source, const SourceMap& sources, Diagnostics& out);

}  // namespace gopol::dsl
