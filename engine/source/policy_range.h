#pragma once

#include <string>

#include "engine/real/real_network.h"

namespace gopol::engine {

/// Two commits of the repository that a folder is in.
struct CommitRange {
  Path folder;
  std::string base, head;   ///< as git names commits: `main`, `v1`, `HEAD~2`
  bool since_fork = false;  ///< not `base` itself, but the commit where `head` left it
};

/// The policy at one of them.
struct RangeEnd {
  std::string commit;      ///< 40 hexadecimal digits
  std::string path, text;  ///< no path: this commit has no policy
};

struct PolicyRange {
  RangeEnd was, is;
};

/// Through gopol-git, from the commits' objects: what lies in the work tree does not matter.
/// `path`: from the top of the repository; empty: the one `*.policy` in the folder or the nearest
/// above it. Errors: P0001 for what is not there, R4002, T6009.
Result<PolicyRange> read_range(const NetSettings& settings, const CommitRange& range,
                               const std::string& path);

/// Another file of such a commit.
Result<std::string> read_commit_file(const NetSettings& settings, const Path& folder,
                                     const std::string& commit, const std::string& path);

}  // namespace gopol::engine
