#pragma once

#include <chrono>
#include <string>

#include "engine/plan/planning.h"

namespace gopol::engine {

/// Notes in the ledger what is there before gopol's first touch of each slot that is to change, and
/// what its change takes. Saved before the first touch, a killed run forgets nothing. `name` is the
/// policy's.
void note_before(const Planned& planned, const dsl::Policy& policy,
                 std::chrono::system_clock::time_point now, Ledger& ledger,
                 const std::string& name = {});

/// Notes in the ledger every asserted slot that now holds, with what was there before gopol's first
/// touch taken from `before`. What `after` releases is forgotten; other slots that are no longer
/// asserted stay. A slot that holds is not held back any more.
void remember(const Planned& before, const Planned& after, const dsl::Policy& policy,
              std::chrono::system_clock::time_point now, Ledger& ledger,
              const std::string& name = {});

}  // namespace gopol::engine
