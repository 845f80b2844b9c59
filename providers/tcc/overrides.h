#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/value/result.h"
#include "providers/tcc/database.h"
#include "providers/tcc/requirement.h"

namespace gopol::providers::tcc {

/// What a profile of an MDM says of one service of one client. It outranks TCC.db.
struct Override {
  /// `unclear`: it decides, in a form that is not understood.
  enum class Says { allow, deny, user_decides, unclear };
  std::string service;   ///< with `kTCCService`
  std::string receiver;  ///< of AppleEvents
  Says says = Says::unclear;
  std::optional<Requirement> requirement;  ///< nothing: not understood
};

/// From MDMOverrides.plist: by client, by service, for AppleEvents by receiver. Errors: damaged.
dsl::Result<std::vector<Override>> read_overrides(std::string_view plist, const Client& client);

}  // namespace gopol::providers::tcc
