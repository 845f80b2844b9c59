#pragma once

#include "dsl/value/result.h"
#include "engine/net/answer.h"

namespace gopol::engine::net {

/// {"url", "branch", "tag", "commit", "path", "cache", "known", "last", "patience_ms", "root",
/// "ca", "proxy"} → {"commit", "same": true} if the tip is `known`, one round trip; else {"commit",
/// "path", "text", "has_last", "descends", "is_older", "line": [{"commit", "object"}...]}: the
/// policy at the tip, how it stands to the commit `last`, and the commits since then
/// (engine/net/git/history.h), each as its object's bytes.
dsl::Result<Json> pull(const Json& request);

/// {"url", "cache", "commit", "path", "root"} → {"text"}: another file of a commit that was pulled.
/// No network.
dsl::Result<Json> read_file(const Json& request);

}  // namespace gopol::engine::net
