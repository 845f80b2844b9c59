#pragma once

#include <string>

#include "dsl/value/diagnostic.h"

namespace gopol::cli {

/// One SARIF 2.1.0 log with one run: the codes as rules with their pages, every diagnostic as a
/// result with its places and fixes. Columns count UTF-16 code units, as the standard's default.
std::string diagnostics_sarif(const dsl::Diagnostics& diagnostics, const dsl::SourceMap& sources);

}  // namespace gopol::cli
