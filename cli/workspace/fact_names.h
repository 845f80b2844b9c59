#pragma once

#include <string>
#include <vector>

#include "dsl/syntax/slot.h"  // parse_slot, for whoever names one fact
#include "dsl/value/result.h"
#include "engine/plan/planning.h"

namespace gopol::cli {

/// The slots that the names mean: a slot, or all of a family; no name: everything that can be
/// listed, network and families without keys excepted.
dsl::Result<std::vector<engine::Slot>> slots_named(const std::vector<std::string>& names,
                                                   const engine::World& world);

}  // namespace gopol::cli
