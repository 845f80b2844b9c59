#pragma once

#include <chrono>
#include <string>

#include "dsl/value/result.h"
#include "engine/net/git/handles.h"
#include "engine/net/route.h"

namespace gopol::engine::net {

/// Once, before anything else of libgit2. The
/// user's own git configuration has no say here: neither `insteadOf` nor `sslVerify` may lead us
/// elsewhere.
void start_git(const Route& route);

/// The folder of `url` in the folder `cache`.
std::string cache_of(const std::string& cache, const std::string& url);

/// The bare repository for `url` in the folder `cache`; made if it is not there, made anew if it is
/// damaged beyond opening. It holds objects and references; with a configuration, hooks, grafts and
/// the like that we did not write it is removed (T6011). From then on until this program ends no
/// other one has the cache, so that what a killed fetch left in it is swept. R4101 if another one
/// still has it after `patience`.
dsl::Result<Repository> open_cache(const std::string& cache, const std::string& url,
                                   std::chrono::milliseconds patience);

bool has_object(git_repository* repository, const git_oid& id);

/// T6011: the cache does not hold what it should. It is removed, so that the next pull fetches all.
/// Of a repository without a place on the disk (engine/net/git/range.h) it is R4002.
dsl::Diagnostic spoiled_cache(git_repository* repository, const std::string& what);

}  // namespace gopol::engine::net
