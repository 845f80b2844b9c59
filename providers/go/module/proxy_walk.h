#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/value/result.h"
#include "dsl/value/value.h"

namespace gopol::providers::go {

/// What asking one element of a proxy chain gave: ok, an HTTP status, or a word of failure.
using AskProxy = std::function<std::string(std::string_view element)>;

struct Walk {
  std::vector<std::string> contacted;
  std::string result;  ///< `ok`, or the error that Go shows
};

/// Walks a chain as go does for one module: on to the next element after 404 or 410, or after any
/// error where `|` follows. The error shown is the best: direct's, then a proxy's other than 404,
/// then 404. Source: cmd/go/internal/modfetch.TryProxies.
Walk walk_proxies(const dsl::Chain& chain, const AskProxy& ask);

}  // namespace gopol::providers::go
