#pragma once

#include <string>

#include "cli/workspace/workspace.h"

namespace gopol::cli {

/// The workspace's machine as a policy in the one format, proved: it checks, and a plan on the same
/// machine is empty. Errors: R4004 if it is not.
dsl::Result<std::string> imported_policy(Workspace& workspace);

}  // namespace gopol::cli
