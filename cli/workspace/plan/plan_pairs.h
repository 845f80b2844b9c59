#pragma once

#include "cli/workspace/workspace.h"
#include "engine/plan/planning.h"

namespace gopol::cli {

enum class Pairs { all, serious };

/// L415 of one machine: each Go that the policy names, as it is after this plan, that does not go
/// together with its macOS or its tools. `host` is asked for what the plan did not need; nullptr:
/// facts are all there is. Nothing is read if it names none, or on another system. What one may
/// live with is said only if all is wanted. Errors: R4002.
dsl::Diagnostics known_bad_pairs(const dsl::Policy& policy, const engine::Planned& planned,
                                 const Workspace& workspace, const engine::Host* host,
                                 Pairs wanted);

}  // namespace gopol::cli
