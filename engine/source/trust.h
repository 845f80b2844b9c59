#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/source/policy_pull.h"
#include "engine/source/signature.h"
#include "engine/source/trust_floor.h"

namespace gopol::engine {

/// What a source must keep to.
struct TrustRules {
  const Keys* keys = nullptr;  ///< nothing: nobody need sign it
  std::string url, ref;
};

/// Whether what was pulled may be used in place of what `last` tells of (nullptr: there was
/// nothing, or a person accepts what is there now). The tip, and all that the branch was since,
/// must be signed; it comes after the last one; a tag stays where it was. Answers who signed the
/// tip. Errors: T6005, T6006, T6010, each with what would make it pass.
Result<Signer> judge(const Pulled& pulled, const FloorEntry* last, const TrustRules& rules,
                     const Programs& programs, std::chrono::system_clock::time_point now);

/// T6007: the epoch that the policy names went down, and no commit of the line says `Gopol-Revert`
/// with the new one.
Result<Done> check_epoch(const Pulled& pulled, const FloorEntry* last, std::uint64_t epoch);

/// T6014: the policy is not named as `wanted` says, or, if that is empty, as the last one was.
Result<Done> check_name(const std::string& url, const std::string& wanted, const FloorEntry* last,
                        const std::string& name);

/// The value of a trailer, `Gopol-Revert: 3`, in the last paragraph of a commit's message.
std::optional<std::string> trailer(const std::string& message, const std::string& name);

}  // namespace gopol::engine
