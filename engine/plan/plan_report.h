#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "dsl/policy/policy.h"
#include "engine/plan/plan.h"

namespace gopol::engine {

/// The one tally of a plan: its text, its JSON, its exit code and the question before an apply are
/// made of it, so that they cannot disagree.
struct PlanReport {
  std::size_t ok = 0;
  std::size_t change = 0;   ///< what gopol would change itself
  std::size_t by_hand = 0;  ///< what is to be changed and only a person can
  std::size_t warning = 0;  ///< `warn` rules that are not met, claims that do not hold here
  std::size_t waived = 0;
  std::size_t unknown = 0;  ///< items and claims
  std::size_t conflict = 0, failed = 0, blocked = 0;
  std::size_t kept = 0;      ///< gopol owns it, and no rule asks for it here now
  std::size_t held = 0;      ///< not as a rule asks, because somebody took it back
  std::size_t defeated = 0;  ///< written as a rule asks, and not in force
  std::size_t untold = 0;    ///< of `ok`: whether it is in force cannot be known

  std::size_t fresh = 0, policy = 0, drift = 0, given_back = 0;  ///< of `change`, by cause
  std::size_t needs_root = 0, irreversible = 0, deleted = 0;     ///< of `change`
  bool fails_run = false;  ///< something is unknown that `on unknown fail` speaks of

  /// Nothing is left open that a rule asks for or a claim says.
  bool is_clean() const;
};

/// Counts the items and claims of a plan.
PlanReport report_of(const Plan& plan);

/// `ok`, `change`, `warning`, `waived`, `unknown`, `conflict`, `failed`, `blocked`, `kept`,
/// `defeated`, `held`: as JSON and saved plans have it.
std::string_view word(ItemState state);
/// Returns nullopt if it is none of them.
std::optional<ItemState> state_of(std::string_view word);

}  // namespace gopol::engine
