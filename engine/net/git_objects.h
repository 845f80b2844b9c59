#pragma once

#include <string>

#include "dsl/result.h"
#include "engine/net/git_handles.h"

namespace gopol::engine::net {

struct PolicyFile {
  std::string path, text;
};

/// The file `path` of a commit; empty: the one `*.policy` at its top. Only plain files in plain
/// folders: no symlinks, no submodules, no `..`, at most 64 MiB.
dsl::Result<PolicyFile> read_policy(git_repository* repository, git_commit* commit,
                                    const std::string& path);

}  // namespace gopol::engine::net
