#pragma once

#include <vector>

#include "cli/workspace/workspace.h"
#include "providers/health/health.h"

namespace gopol::cli {

/// All that is wrong with the workspace's machine, errors first: what its facts show, what is known
/// of its system's age, and what the lints say of a policy that describes it. Without the right to
/// write, as far as the system can take it.
std::vector<providers::Ailment> examine(Workspace& workspace);

}  // namespace gopol::cli
