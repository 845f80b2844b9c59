#pragma once

#include <string_view>

#include "dsl/value/result.h"
#include "dsl/value/value.h"

namespace gopol::dsl {

/// Parses a GOPROXY text as cmd/go does: `,` and `|` separate, blanks around an element are
/// trimmed, empty elements are skipped, `off` and `direct` end the list, a word with `.`, `:` or
/// `/` and no scheme gets `https://`. Errors: an empty list, a scheme other than https, http, file,
/// a bare word. Source: cmd/go/internal/modfetch proxyList (go1.27).
Result<Chain> parse_chain(std::string_view text);

}  // namespace gopol::dsl
