#pragma once

#include "dsl/value/result.h"
#include "engine/net/answer.h"

namespace gopol::engine::net {

/// {"folder", "base", "head", "since_fork", "path"} → {"was": {"commit", "path", "text"}, "is":
/// {...}}: the policy at two commits of the repository that `folder` is in. No `path`: the one
/// `*.policy` in that folder, else in the nearest above it. A commit without one has no "text"; if
/// neither has any it is P0001. `since_fork`: `base` stands for the commit where `head` left it.
dsl::Result<Json> range(const Json& request);

/// {"folder", "commit", "path"} → {"text"}: another file of a commit.
dsl::Result<Json> read_here(const Json& request);

}  // namespace gopol::engine::net
