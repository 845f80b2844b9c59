#pragma once

#include <vector>

#include "dsl/policy/policy.h"
#include "engine/plan/evaluate.h"
#include "engine/plan/facts.h"

namespace gopol::engine {

struct Item;

/// What becomes of an `assert`, `assume` or `cover` on one machine. elsewhere: its `when` does not
/// hold here.
enum class ClaimState { holds, refuted, unknown, elsewhere };

struct ClaimOutcome {
  ClaimState state = ClaimState::holds;
  std::vector<GuardReason> reasons;  ///< of refuted and unknown, the values after convergence
};

/// One for each claim of the policy. An assertion is judged on what the plan would make of the
/// machine: targets in place of what they change.
std::vector<ClaimOutcome> judge(const dsl::Policy& policy, const Facts& facts,
                                const Desired& desired, const std::vector<Item>& items);

/// The facts that `guards` read, as they will be when `items` have converged.
Facts converged(const std::vector<const dsl::Guard*>& guards, const dsl::Policy& policy,
                const Facts& facts, const std::vector<Item>& items);

}  // namespace gopol::engine
