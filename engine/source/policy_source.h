#pragma once

#include <string>

#include "engine/real/real_network.h"

namespace gopol::engine {

/// Where a policy lies in a git repository.
struct SourceRef {
  std::string url;                    ///< https://…, file:///…, an absolute path
  std::string branch;                 ///< empty: the repository's own default
  std::string path;                   ///< inside it; empty: the one `*.policy` at its top
  std::string tag = {}, commit = {};  ///< in place of a branch; `fetch_policy` knows branches alone
};

/// A policy, pinned: its text is that of the commit's own objects.
struct FetchedPolicy {
  std::string commit;  ///< 40 hexadecimal digits
  std::string path, text;
  std::string author;  ///< `Name <address>`
  std::string time;    ///< of the commit, 2026-11-23T14:03:00Z
};

/// Fetches through gopol-net into the folder `cache`, which keeps a bare repository for each URL.
/// If nothing is new it costs one round trip. Errors: R4002 with what to do.
Result<FetchedPolicy> fetch_policy(const NetSettings& settings, const SourceRef& source,
                                   const Path& cache, const OnProgress& on_progress = nullptr);

}  // namespace gopol::engine
