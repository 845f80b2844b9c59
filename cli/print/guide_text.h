#pragma once

#include <string>

#include "cli/workspace/machine/goal.h"
#include "engine/plan/provider.h"

namespace gopol::cli {

/// `now: VALUE`, or why it is not known and what helps; a line for each finding.
std::string now_text(const engine::Observation& seen);

/// Where it is to go, where it is, and the numbered steps.
std::string guide_text(const Goal& goal, const engine::Observation& seen,
                       const engine::Guide& guide);

}  // namespace gopol::cli
