#pragma once

#include "dsl/value/result.h"
#include "engine/net/answer.h"

namespace gopol::engine::net {

/// {"mirror", "version", "os", "arch", "sha256", "staging", "root", "ca", "proxy"} →
/// {"url", "sha256", "size"}: `staging/go` holds the tree. It appears there whole, after its hash
/// was found right, or not at all.
dsl::Result<Json> archive(const Json& request);

}  // namespace gopol::engine::net
