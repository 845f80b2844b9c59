#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dsl/policy/policy.h"
#include "engine/plan/facts.h"
#include "engine/plan/guard.h"

namespace gopol::engine {

/// What becomes of a rule on one machine. waived: it would apply, and somebody agreed that it is
/// only reported for a while.
enum class RuleStatus { applies, skipped, unknown, waived };

struct RuleOutcome {
  RuleStatus status = RuleStatus::applies;
  std::optional<std::uint32_t> replaced_by;  ///< the override that made it skipped or unknown
  std::optional<std::uint32_t> waiver;       ///< the one that made it waived or unknown
  /// Another override of the same rule that applies too: none of the two writes.
  std::optional<std::uint32_t> clashes_with;
};

/// One for each rule of the policy. P3003 for two overrides of one rule that both apply here.
std::vector<RuleOutcome> outcomes_of(const dsl::Policy& policy, const Facts& facts,
                                     const Guards& guards, dsl::Diagnostics& conflicts);

/// P3003, with the places of both overrides.
dsl::Diagnostic clash(const dsl::Policy& policy, std::uint32_t first, std::uint32_t second);

/// The facts that keep a rule from applying, at most so many: those of its own condition, or of the
/// override or waiver that cannot be decided.
std::vector<GuardReason> why_not(const dsl::Policy& policy, const Facts& facts, std::uint32_t rule,
                                 const RuleOutcome& outcome, std::size_t most = 20);

/// Whether a waiver holds on the day of the facts; unknown without a day.
Truth holds(const dsl::Waiver& waiver, const Facts& facts, const Guards& guards);

/// The day of the run, for waivers and their ages.
inline const Slot run_date{"run", "", "date", ""};

}  // namespace gopol::engine
