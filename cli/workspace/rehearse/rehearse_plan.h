#pragma once

#include "cli/workspace/rehearse/consequences.h"
#include "cli/workspace/workspace.h"
#include "engine/plan/planning.h"

namespace gopol::cli {

/// What the plan would do beyond what it says: it is applied to a copy of the workspace's machine,
/// and what gopol can judge is asked of both. Nothing is asked of a plan without work. Reads the
/// machine, writes nothing.
Consequences rehearse_plan(const dsl::Policy& policy, const engine::Planned& planned,
                           const engine::Past& past, const Workspace& workspace);

}  // namespace gopol::cli
