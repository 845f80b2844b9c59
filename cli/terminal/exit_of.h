#pragma once

#include "cli/terminal/exit_code.h"
#include "dsl/value/diagnostic.h"

namespace gopol::cli {

/// The exit code that an error stands for: usage (P0001), trust (T…), a bug (R4004), a provider's
/// failure (R…), else a finding.
Exit exit_of(const dsl::Diagnostics& errors);

}  // namespace gopol::cli
