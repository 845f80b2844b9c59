#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "engine/host/host.h"
#include "engine/source/policy_pull.h"

namespace gopol::engine {

/// Who may sign: read once, so that what is verified with is what was hashed.
struct Keys {
  enum class Kind { ssh, gpg };
  Kind kind = Kind::ssh;
  std::string where;    ///< for messages: the file's name
  std::string text;     ///< allowed_signers of ssh-keygen(1), or exported keys of GPG
  std::string revoked;  ///< for ssh: a KRL or public keys, one a line; for GPG: fingerprints, one a
                        ///< line; empty: none
  bool pinned = false;  ///< the one key that a person accepted
  std::string hash() const;
};

/// Who did.
struct Signer {
  std::string name;  ///< the principal of allowed_signers, the user id of GPG
  std::string key;   ///< `SHA256:…` of ssh, the fingerprint of GPG
};

/// What the file holds decides whether its keys are of ssh or of GPG. Errors: T6005 if it cannot be
/// read, or somebody else could write it (engine/host/who_may_write.h).
Result<Keys> load_keys(const Disk& disk, const System& system, const Path& file,
                       const Path& revoked);

/// The key that a person accepted: a line of allowed_signers. Errors as of load_keys.
Result<Keys> pinned_keys(const Disk& disk, const System& system, const std::string& line,
                         const Path& revoked);

/// Nothing but an error if the commit is not signed by one of the keys, for git, within the key's
/// dates on the commit's own date; and, if it was never seen before, on the day it is seen first:
/// a key that has ended signs nothing new, whatever date it writes. Through `ssh-keygen -Y verify`,
/// or `gpg --verify`. Errors: T6005 with what would make it pass.
Result<Signer> verify(const SignedCommit& commit, const Keys& keys, const Programs& programs,
                      std::optional<std::chrono::system_clock::time_point> first_seen);

/// Whoever it was: the key that an ssh signature was made with, as a line of allowed_signers in
/// `name`. T6005 if there is none, or it does not fit the commit.
Result<Signer> key_of(const SignedCommit& commit, const Programs& programs);

}  // namespace gopol::engine
