#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "dsl/value/result.h"
#include "engine/net/answer.h"
#include "engine/net/route.h"

namespace gopol::engine::net {

/// {"url", "branch", "path", "cache", "root", "ca", "proxy"} → {"commit", "path", "text", "author",
/// "time"}: the policy at the tip of the branch (empty: the repository's own default), read from
/// the commit's objects. The cache holds one bare repository for each URL.
dsl::Result<Json> git(const Json& request);

// What all requests about repositories have in common.
dsl::Result<std::string> place_of_cache(const Json& request);
/// Certificates are read for https alone.
dsl::Result<Route> route_for(const Json& request, std::string_view url);
/// How long a server may say nothing: "patience_ms", or 30 s.
std::chrono::milliseconds patience_in(const Json& request);
dsl::Diagnostic no_address(const std::string& url);

}  // namespace gopol::engine::net
