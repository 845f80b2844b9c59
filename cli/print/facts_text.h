#pragma once

#include <string>

#include "engine/plan/facts.h"

namespace gopol::cli {

/// A line for each fact: its slot, its value or why it is unknown, where it was read; what else is
/// to be known of it below.
std::string facts_text(const engine::Facts& facts);

}  // namespace gopol::cli
