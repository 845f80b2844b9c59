#pragma once

#include <optional>

#include "engine/encoding/json.h"
#include "engine/source/blame.h"

namespace gopol::engine::detail {

/// {"commit", "author", "time", "message"}
Json json_of(const BlameCommit& commit);
std::optional<BlameCommit> blame_commit_of(const Json& json);

/// {"commits": [{"commit", "author", "time", "message"}...], "files": [{"path", "lines": [[count,
/// index of the commit]...]}...]}
Json json_of(const Blame& blame);
std::optional<Blame> blame_of(const Json& json);

}  // namespace gopol::engine::detail
