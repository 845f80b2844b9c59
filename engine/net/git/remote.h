#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/value/result.h"
#include "engine/net/git/credentials.h"
#include "engine/net/git/handles.h"
#include "engine/net/git/local.h"
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

/// A remote that has said what it has; that was one round trip. A repository on this machine is
/// read in place: libgit2's own way to it parses its configuration.
class Connection {
 public:
  /// Its list of references must be there within `patience`. Errors: engine/net/git/fault.h.
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
  dsl::Result<dsl::Done> open_local(const std::string& folder);
  dsl::Result<dsl::Done> connect();
  std::optional<git_oid> announced(const std::string& name) const;
  std::vector<std::string> names(const std::string& prefix) const;
  std::string first_names(const std::string& prefix) const;
  dsl::Result<dsl::Done> fetch_names(const std::vector<std::string>& names);
  dsl::Result<dsl::Done> copy_names(const std::vector<std::string>& names);

  git_repository* repository_ = nullptr;
  std::string url_;
  std::chrono::milliseconds patience_{0};
  std::optional<LocalRepository> local_;
  Route route_;
  std::unique_ptr<Credentials> credentials_;  ///< libgit2 keeps its address
  Remote remote_;
};

/// The addresses that policies come from: https, http, ssh, git, file, an absolute path, and
/// `git@host:path`.
bool is_known_address(std::string_view url);

}  // namespace gopol::engine::net
