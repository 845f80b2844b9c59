#pragma once

#include <cstddef>
#include <vector>

#include "dsl/value/result.h"
#include "engine/net/git/handles.h"

namespace gopol::engine::net {

/// How a new commit stands to the last one that was used.
struct Descent {
  bool has_last = false;      ///< the cache knows the last one
  bool descends = false;      ///< `tip` is `last`, or comes after it, or after what says the same
  bool is_older = false;      ///< `last` comes after `tip`
  std::vector<git_oid> line;  ///< what the branch was since: `tip` and its first parents, newest
                              ///< first, without what `last` had already; without `last`: `tip`
};

inline constexpr std::size_t longest_line = 2000;

/// Commits are read one by one, each against its hash: no file of the cache may say who is whose
/// parent. Errors: T6011 for a commit that cannot be read, T6006 for a line of more than 2,000.
dsl::Result<Descent> descent_of(git_repository* repository, const git_oid& tip,
                                const git_oid* last);

}  // namespace gopol::engine::net
