#pragma once

#include <string>
#include <vector>

#include "engine/real/real_network.h"
#include "engine/source/blame.h"
#include "engine/source/commit_object.h"
#include "engine/source/policy_source.h"

namespace gopol::engine {

/// What a source has now; nothing of it is trusted yet.
struct Pulled {
  std::string commit;
  bool same = false;               ///< it is the one we know; nothing else is filled in
  std::string path, text;          ///< the policy
  bool has_last = false;           ///< the last commit that was used is still known
  bool descends = false;           ///< from it
  bool is_older = false;           ///< than it
  std::vector<SignedCommit> line;  ///< the tip, then what the branch was before, down to the last
};

struct PullWish {
  SourceRef source;
  std::string known;  ///< a commit that needs no more than the answer `same`; empty: none
  std::string last;   ///< the commit that was used last; empty: none
};

/// Fetches through gopol-git into `cache`. One round trip if the source still has `known`. Errors:
/// R4007 if nobody answers, R4002, T6006, T6009, T6011.
Result<Pulled> pull_policy(const NetSettings& settings, const PullWish& wish, const Path& cache,
                           const OnProgress& on_progress = nullptr);

/// Another file of a commit that was pulled before, without network. Errors: R4002, T6009, T6011.
Result<std::string> read_pulled(const NetSettings& settings, const std::string& url,
                                const std::string& commit, const std::string& path,
                                const Path& cache);

/// Who wrote each line of files of such a commit. Errors: R4002, T6011.
Result<Blame> blame_pulled(const NetSettings& settings, const std::string& url,
                           const std::string& commit, const std::vector<std::string>& paths,
                           const Path& cache);

}  // namespace gopol::engine
