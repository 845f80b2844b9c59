#pragma once

#include <chrono>
#include <set>
#include <string>

#include "engine/plan/ledger.h"

namespace gopol::engine {

/// What runs of gopol did on a machine before, and how a plan is to treat it.
struct Past {
  const Ledger* ledger = nullptr;                  ///< nullptr: gopol owns nothing here
  std::string policy = {};                         ///< the plan's, by name
  std::string version = {};                        ///< of its text
  std::chrono::system_clock::time_point now = {};  ///< ends holds
  bool ends_holds = false;                         ///< a person applies: nothing is held any more
  bool keeps = false;                              ///< nothing is given back this time
  std::set<Slot> left_alone = {};                  ///< taken out of the policy for this run only

  const Owned* find(const Slot& slot) const;
  /// nullptr: nothing holds the slot, or not any more.
  const Hold* hold(const Slot& slot) const;
};

/// How long an undo holds the slots that it moved back.
inline constexpr std::chrono::hours longest_hold{24 * 7};

}  // namespace gopol::engine
