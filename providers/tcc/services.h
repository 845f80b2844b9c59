#pragma once

#include <span>
#include <string_view>

namespace gopol::providers::tcc {

/// One right that TCC guards. Source: macos-truth/TCC.md section 2.
struct Service {
  /// Which TCC.db macOS asks. `either`: not known for certain.
  enum class Store { system, user, either, system_since_15 };
  /// What a profile of an MDM can do.
  enum class Profile { both, deny, nothing };

  std::string_view name;  ///< without `kTCCService`
  std::string_view doc;   ///< the pane in System Settings, or what it is
  Store store;
  Profile profile;
  bool has_receivers;  ///< a decision for each receiver of events, or each provider of files
};

/// All that are known, sorted by name.
std::span<const Service> services();

/// Whether a profile can still grant it: macOS 27 took Accessibility away.
bool grantable_by_profile(const Service& service, int macos);

inline constexpr std::string_view service_prefix = "kTCCService";

}  // namespace gopol::providers::tcc
