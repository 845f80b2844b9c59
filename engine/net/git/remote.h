#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/value/result.h"
#include "engine/net/git/credentials.h"
#include "engine/net/git/handles.h"
#include "engine/net/route.h"

namespace gopol::engine::net {

/// What is wanted of a repository: one of branch, tag and commit; none: what its HEAD is.
struct Reference {
  std::string branch, tag, commit;
};

/// What a remote's list says of a reference.
struct Tip {
  git_oid commit{};
  std::string name;  ///< refs/heads/main, or HEAD if it is on no branch
};

/// A remote that has said what it has; that was one round trip.
class Connection {
 public:
  /// Errors: R4007 if nobody answers, else R4002.
  static dsl::Result<Connection> open(git_repository* repository, const std::string& url,
                                      const Route& route, std::chrono::milliseconds patience);

  /// Errors: R4002, with the branches or tags that there are.
  dsl::Result<Tip> find(const Reference& wanted) const;
  /// The objects of `tip`. Errors: as `open`; T6011 if the reference moved or the remote does not
  /// hand out what it announced.
  dsl::Result<dsl::Done> fetch(const Tip& tip);
  /// Those of all branches and tags, for a commit that is none of their tips.
  dsl::Result<dsl::Done> fetch_all();

 private:
  dsl::Result<dsl::Done> connect();
  dsl::Result<dsl::Done> fetch(std::vector<std::string> refspecs);

  git_repository* repository_ = nullptr;
  std::string url_;
  Route route_;
  std::unique_ptr<Credentials> credentials_;  ///< libgit2 keeps its address
  Remote remote_;
};

/// From now on, R4007 once `url` said nothing for so long.
void watch_for(const std::string& url, std::chrono::milliseconds patience);

/// The addresses that policies come from: https, http, ssh, git, file, an absolute path, and
/// `git@host:path`.
bool is_known_address(std::string_view url);

}  // namespace gopol::engine::net
