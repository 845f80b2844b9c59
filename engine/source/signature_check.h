#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/real/scratch.h"
#include "engine/source/signature.h"

namespace gopol::engine {

// What the checks by ssh-keygen and by gpg have in common.

/// T6005.
dsl::Diagnostic untrusted(std::string message, std::string help);
std::string short_of(const SignedCommit& commit);
/// Without empty ones.
std::vector<std::string> lines_of(std::string_view text);

/// A run of ssh-keygen or gpg on a commit's signature, with files of its own.
class SignatureCheck {
 public:
  static Result<SignatureCheck> of(const SignedCommit& commit, const Programs& programs);

  Result<Done> write(const std::string& name, std::string_view text) const;
  std::string at(const std::string& name) const { return scratch_.path() + "/" + name; }

  /// The commit without its signature is the program's input.
  Result<Output> run(std::vector<std::string> argv) const;

 private:
  SignatureCheck(const SignedCommit& commit, const Programs& programs, Scratch scratch)
      : commit_(&commit), programs_(&programs), scratch_(std::move(scratch)) {}

  const SignedCommit* commit_;
  const Programs* programs_;
  Scratch scratch_;
};

/// Fingerprints of GPG, one a line, in capitals; nothing if a line is something else.
std::optional<std::vector<std::string>> fingerprints_in(std::string_view text);

/// Of a commit signed with GPG, whose keys end when gpg says so: today.
Result<Signer> verify_gpg(const SignedCommit& commit, const Keys& keys,
                          const SignatureCheck& check);

}  // namespace gopol::engine
