#pragma once

#include "cli/exit_code.h"
#include "cli/options.h"

namespace gopol::cli {

/// `gopol why module PATH[@VERSION] [POLICY]`: where go gets a module from, and who learns its
/// path.
Exit why_module(const Options& options);

}  // namespace gopol::cli
