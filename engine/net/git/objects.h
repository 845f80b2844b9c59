#pragma once

#include <string>

#include "dsl/value/result.h"
#include "engine/net/git/handles.h"

namespace gopol::engine::net {

struct PolicyFile {
  std::string path, text;
};

/// A commit object's bytes, which the cache's hash holds together. T6011 if it cannot be read.
dsl::Result<std::string> read_object(git_repository* repository, const git_oid& id);

/// T6009 if the commit's tree has a name that git itself would not make: `..`, `.git`, one with
/// `/`.
dsl::Result<dsl::Done> check_tree(git_commit* commit);

/// The file `path` of a commit; empty: the one `*.policy` at its top. Only plain files in plain
/// folders (T6009 for symlinks, submodules, more than 64 MiB). T6011 if the cache is spoiled.
dsl::Result<PolicyFile> read_policy(git_repository* repository, git_commit* commit,
                                    const std::string& path);

}  // namespace gopol::engine::net
