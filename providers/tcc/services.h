#pragma once

#include <span>
#include <string_view>

namespace gopol::providers::tcc {

/// One right that TCC guards. Source: macos-truth/TCC.md section 2.
struct Service {
  /// Which TCC.db macOS asks. `either`: not known for certain.
  enum class Store { system, user, either, system_since_15 };
  /// What a profile of an MDM can do. `hand_over`: deny, or let users who are no administrators
  /// turn the switch.
  enum class Profile { both, deny, hand_over, nothing };

  std::string_view name;    ///< without `kTCCService`
  std::string_view doc;     ///< the pane in System Settings, or what it is
  std::string_view anchor;  ///< of that pane, without `Privacy_`; empty: it has none
  Store store;
  Profile profile;
  int profile_since;   ///< the macOS that reads it in a profile
  bool has_receivers;  ///< a decision for each receiver of events, or each provider of files
};

/// All that are known, sorted by name.
std::span<const Service> services();

/// nullptr: nobody knows it.
const Service* find_service(std::string_view name);

/// Whether a profile can still grant it: macOS 27 took Accessibility away.
bool grantable_by_profile(const Service& service, int macos);

inline constexpr std::string_view service_prefix = "kTCCService";

}  // namespace gopol::providers::tcc
