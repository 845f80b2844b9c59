#pragma once

#include <string>

#include "dsl/value/diagnostic.h"

namespace gopol::cli {

/// One workflow command a line, which GitHub shows beside the code. Source: docs.github.com,
/// "Workflow commands for GitHub Actions"; escapes as in actions/toolkit's command.ts.
std::string diagnostics_github(const dsl::Diagnostics& diagnostics, const dsl::SourceMap& sources);

}  // namespace gopol::cli
