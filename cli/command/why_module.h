#pragma once

#include "cli/terminal/exit_code.h"
#include "cli/workspace/options.h"

namespace gopol::cli {

/// `gopol why module PATH[@VERSION] [POLICY]`: where go gets a module from, and who learns its
/// path.
Exit why_module(const Options& options);

}  // namespace gopol::cli
