#pragma once

#include <string>
#include <vector>

#include "dsl/policy/schema.h"

namespace gopol::engine {

/// The slots of one resource that can be observed without naming an index: those that a listing
/// shows.
std::vector<dsl::Slot> slots_of(const dsl::Schema& schema, const std::string& key);

}  // namespace gopol::engine
