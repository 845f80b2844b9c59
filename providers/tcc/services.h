#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

/// The label of the pane of System Settings that has its switch; empty: none has.
std::string_view pane_of(const Service& service);

/// What a profile can decide of it, by mdm.pppc's words.
std::vector<std::string> profile_words(const Service& service);

/// Names that circulate for services and are not theirs, with what to write or why there is none,
/// as a schema wants them. `of` is what the services are here. Source: macos-truth/TCC.md, sections
/// 2 and 4; pane labels.
std::vector<std::pair<std::string, std::string>> other_names(std::string_view of);

/// Whether a profile can still grant it: macOS 27 took Accessibility away.
bool grantable_by_profile(const Service& service, int macos);

inline constexpr std::string_view service_prefix = "kTCCService";

}  // namespace gopol::providers::tcc
