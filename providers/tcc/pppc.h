#pragma once

#include <string>

#include "dsl/value/result.h"
#include "engine/host/host.h"

namespace gopol::providers::tcc {

/// One decision that a policy wants a profile to make.
struct Wish {
  std::string service;   ///< without `kTCCService`
  std::string client;    ///< a bundle identifier, or a full path
  std::string decision;  ///< allowed, denied; what a profile cannot say is refused
  std::string receiver;  ///< of AppleEvents: who is automated
  std::string comment = {};
};

/// It as the payload says it.
struct PppcEntry {
  std::string service, client, requirement, authorization, comment;
  std::string receiver, receiver_requirement;  ///< of AppleEvents
  std::string note;                            ///< what its reader should know; not in the profile
};

/// Errors (R4002): what no profile can say on this macOS, with what does; a program that is not
/// installed here, so that nobody knows its signature. Source: com.apple.TCC.configuration-profile-
/// policy of Apple's device management schema.
dsl::Result<PppcEntry> pppc_entry(const Wish& wish, const engine::Host& host);

}  // namespace gopol::providers::tcc
