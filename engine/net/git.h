#pragma once

#include "dsl/result.h"
#include "engine/net/answer.h"

namespace gopol::engine::net {

/// {"url", "branch", "path", "cache", "root", "ca", "proxy"} → {"commit", "path", "text", "author",
/// "time"}: the policy at the tip of the branch (empty: the repository's own default), read from
/// the commit's objects. The cache holds one bare repository for each URL.
dsl::Result<Json> git(const Json& request);

}  // namespace gopol::engine::net
