#pragma once

#include <chrono>

#include "engine/plan/planning.h"

namespace gopol::engine {

/// Notes in the ledger what is there before gopol's first touch of each slot that is to change.
/// Saved before the first touch, a killed run forgets nothing.
void note_before(const Planned& planned, const dsl::Policy& policy,
                 std::chrono::system_clock::time_point now, Ledger& ledger);

/// Notes in the ledger every asserted slot that now holds, with what was there before gopol's first
/// touch taken from `before`. Slots that are no longer asserted stay.
void remember(const Planned& before, const Planned& after, const dsl::Policy& policy,
              std::chrono::system_clock::time_point now, Ledger& ledger);

}  // namespace gopol::engine
