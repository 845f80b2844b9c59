#pragma once

#include <string>

#include "dsl/value/path.h"
#include "dsl/value/result.h"

namespace gopol::cli {

/// A path as the user gave it, made absolute against the working folder.
dsl::Path absolute(const std::string& path);

/// The policy to use: the one given, else the one `*.policy` file in the working folder or the
/// nearest folder above it that has any. Several, or none, is a usage error (P0001).
dsl::Result<std::string> find_policy(const std::string& given);

/// The whole text. Errors: what the system says; a policy is at most 64 MiB.
dsl::Result<std::string> read_policy(const std::string& path);

/// A file that the policy names, from its folder. Both are read within the repository around the
/// policy, else within its folder: engine/real/read_inside.h.
dsl::Result<std::string> read_beside(const std::string& policy, const std::string& name);

/// The folder that what a policy reads must stay in: the repository's, else that of the policy.
dsl::Path repository_of(const dsl::Path& folder);

/// T6009: the policy lies in a repository, and what is at `named` does not, or lies in git's own
/// folder. Links are followed. Without a repository everything is fine, and so is what is not
/// there.
dsl::Result<dsl::Done> stays_in_repository(const std::string& policy, const dsl::Path& named);

/// Replaces a policy file atomically, keeping its mode. A link that leads out of its repository is
/// T6009.
dsl::Result<dsl::Done> write_policy(const std::string& path, const std::string& text);

/// The same of what only the user may read.
dsl::Result<dsl::Done> write_private(const std::string& path, const std::string& text);

}  // namespace gopol::cli
