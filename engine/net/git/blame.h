#pragma once

#include "dsl/value/result.h"
#include "engine/net/answer.h"

namespace gopol::engine::net {

/// {"url", "cache", "commit", "paths": [...], "root"} → {"commits", "files"} as in
/// engine/source/blame_json.h: which commit wrote each line of these files of a commit that was
/// pulled. No network. R4002 for a file that is not there.
dsl::Result<Json> blame(const Json& request);

}  // namespace gopol::engine::net
