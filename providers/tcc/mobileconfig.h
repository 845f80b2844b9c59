#pragma once

#include <string>
#include <vector>

#include "providers/tcc/pppc.h"

namespace gopol::providers::tcc {

/// Who a profile is from.
struct ProfileNames {
  std::string identifier;    ///< reverse-DNS; a server replaces the profile that has the same
  std::string organization;  ///< empty: not said
};

/// A configuration profile as an MDM installs it: the same entries, the same bytes.
/// Source: com.apple.TCC.configuration-profile-policy of Apple's device management schema.
std::string mobileconfig(std::vector<PppcEntry> entries, const ProfileNames& names);

}  // namespace gopol::providers::tcc
