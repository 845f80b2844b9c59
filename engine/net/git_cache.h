#pragma once

#include <string>

#include "dsl/result.h"
#include "engine/net/connection.h"
#include "engine/net/git_handles.h"

namespace gopol::engine::net {

/// Once, before anything else of libgit2. The user's own git configuration has no say here: neither
/// `insteadOf` nor `sslVerify` may lead us elsewhere.
void start_git(const Route& route);

/// The bare repository for `url` in the folder `cache`; made if it is not there, made anew if it is
/// damaged beyond opening.
dsl::Result<Repository> open_cache(const std::string& cache, const std::string& url);

/// The commit at the tip of `branch` (empty: of the remote's HEAD), with all that belongs to it.
/// One round trip if it is here already. An interrupted one leaves the cache as it was.
dsl::Result<git_oid> fetch_tip(git_repository* repository, const std::string& url,
                               const std::string& branch, const Route& route);

}  // namespace gopol::engine::net
