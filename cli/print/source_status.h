#pragma once

#include "cli/terminal/exit_code.h"
#include "cli/workspace/workspace.h"

namespace gopol::cli {

/// Prints of each source the chain that makes its policy trusted, link by link; nothing is asked of
/// a server. 5 if a chain is broken.
Exit source_status(const Options& options, const Workspace& workspace);

}  // namespace gopol::cli
