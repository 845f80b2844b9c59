#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/value/result.h"
#include "engine/net/git/handles.h"

namespace gopol::engine::net {

/// While it lives, what is read of a repository on this machine ends with our patience: its owner
/// can put a pipe in a file's place at any time. That is a failure, not silence: it is here.
class ReadingInTime {
 public:
  ReadingInTime(const std::string& url, std::chrono::milliseconds patience);
  ReadingInTime(const ReadingInTime&) = delete;
  ReadingInTime& operator=(const ReadingInTime&) = delete;
  ~ReadingInTime();
};

/// `/path` and `file:///path`: the folder that is named; nothing of every other address.
std::optional<std::string> local_folder(std::string_view url);

/// A repository on this machine, of which references and objects are read, bounded and from plain
/// files alone: neither its configuration nor what that includes.
class LocalRepository {
 public:
  /// `folder` is the repository, or has it in `.git`. Nothing: there is none.
  static std::optional<LocalRepository> open(const std::string& folder);
  /// The one that `folder` is in.
  static std::optional<LocalRepository> around(const std::string& folder);

  /// What a reference's full name stands for, symbolic ones followed: `HEAD`, `refs/tags/v1`.
  std::optional<git_oid> find(const std::string& name) const;
  /// The commit that HEAD or a reference leads to, through tags.
  std::optional<git_oid> commit(const std::string& name) const;
  /// What begins with `prefix`, with it; sorted.
  std::vector<std::string> names(const std::string& prefix) const;
  /// The commit that a person means: `main`, `v1~2`, `4f2c91a`, `HEAD^`.
  std::optional<git_oid> parse(std::string_view revision) const;

  git_repository* objects() const { return objects_.get(); }
  const std::string& top() const { return top_; }  ///< of the work tree; empty: it has none

 private:
  std::optional<git_oid> named(const std::string& name) const;

  std::string own_, common_, top_;  ///< HEAD and the like; objects and references
  std::string packed_;              ///< packed-refs, whole
  Repository objects_;
};

/// Copies what `tips` lead to, unless what `known` leads to has it, as one pack into a bare
/// repository. Errors: R4002.
dsl::Result<dsl::Done> copy_objects(const LocalRepository& from, git_repository* to,
                                    const std::vector<git_oid>& tips,
                                    const std::vector<git_oid>& known);

}  // namespace gopol::engine::net
