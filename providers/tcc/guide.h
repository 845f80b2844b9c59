#pragma once

#include <string>
#include <vector>

#include "engine/plan/provider.h"
#include "providers/tcc/services.h"

namespace gopol::providers::tcc {

/// What a person wants of a right.
struct WantedRight {
  std::string decision;                     ///< allowed, denied or undetermined
  std::vector<std::string> receivers = {};  ///< of events: who shall be reached
};

/// How a person gives or takes a right, from where it stands now: the pane of System Settings on
/// this macOS and what to do there; what is not installed, decided by a profile, bound to an
/// earlier program or judged by the terminal has other steps. Source: macos-truth/TCC.md,
/// sections 2.4, 3 and 4.
engine::Guide guide_to(const Service& service, const std::string& client, const WantedRight& wanted,
                       const engine::Host& host);

}  // namespace gopol::providers::tcc
