#pragma once

#include "cli/terminal/exit_code.h"
#include "cli/workspace/options.h"
#include "cli/workspace/workspace.h"

namespace gopol::cli {

/// `gopol why go [DIR]`: which go runs in a folder, and which layer decided.
Exit why_go(const Options& options);

/// The folder that is meant where none is named: the working folder, of a recorded machine the
/// home.
dsl::Path folder_here(const Workspace& workspace);

}  // namespace gopol::cli
