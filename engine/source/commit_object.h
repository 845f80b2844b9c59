#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/value/result.h"

namespace gopol::engine {

/// A commit as its source has it, and what its signature is of. All of it is read from `payload`,
/// the bytes that were signed.
struct SignedCommit {
  std::string commit;                          ///< 40 hexadecimal digits
  std::string payload, signature;              ///< no signature: nobody signed it
  std::string author;                          ///< `Name <address>`
  std::chrono::system_clock::time_point time;  ///< the committer's
  std::string message;
  std::string tree = {};  ///< 40 hexadecimal digits, as those of the parents
  std::vector<std::string> parents = {};
  std::chrono::system_clock::time_point authored = {};  ///< the author's date
  bool operator==(const SignedCommit&) const = default;
};

/// The one reader of commit objects: `tree`, `parent`s, `author`, `committer`, further headers, as
/// the last of them `gpgsig`, an empty line, the message. Whatever else an object holds (a NUL, a
/// header twice or where git writes none, a signature amid the others) is T6009: so payload and
/// signature make the object again, byte for byte, and nobody without a key can make another one
/// that the same signature fits. Source: gitformat-commit, `git hash-object`, commit.c of git.
dsl::Result<SignedCommit> read_commit(std::string commit, std::string_view object);

/// The object that `read_commit` took apart.
std::string object_of(const SignedCommit& commit);

/// What leads on from a commit that nobody asks for more: of history, which has seen many tools.
struct CommitLinks {
  std::string tree;
  std::vector<std::string> parents;
};
std::optional<CommitLinks> links_of(std::string_view object);

}  // namespace gopol::engine
