#pragma once

#include <string>
#include <vector>

#include "engine/plan/plan.h"

namespace gopol::engine {

/// `go.toolchain "1.25"`: the name of a change in messages.
std::string name_of(const Change& change);

/// Gives the items of a change their state and its reasons.
void mark(Plan& plan, const PlannedChange& planned, ItemState state, const dsl::Diagnostics& why);

/// Takes the changes of `impossible` (one flag for each of the plan's) out of the plan. Those that
/// wait for one of them go too, and their items say for which.
void set_aside(Plan& plan, const std::vector<bool>& impossible);

}  // namespace gopol::engine
