#pragma once

#include "cli/terminal/exit_code.h"
#include "cli/workspace/options.h"

namespace gopol::cli {

/// `gopol why go [DIR]`: which go runs in a folder, and which layer decided.
Exit why_go(const Options& options);

}  // namespace gopol::cli
