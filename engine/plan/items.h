#pragma once

#include "engine/plan/plan.h"

namespace gopol::engine {

/// The line of a plan for what is wanted of one slot.
Item item_for(const Wanted& wanted, const dsl::Policy& policy, const Facts& facts,
              const Past& past);

/// A rule whose guard is unknown: one line, naming the first fact that is missing.
Item item_for_unknown_rule(std::uint32_t rule, const RuleOutcome& outcome,
                           const dsl::Policy& policy, const Facts& facts);

/// A slot that nobody writes, because its rules contradict each other.
Item item_for_disputed(const Disputed& disputed, const Facts& facts);

/// A target that its provider chooses.
Value open_choice();

}  // namespace gopol::engine
