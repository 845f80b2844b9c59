#pragma once

#include <string>

#include "dsl/value/diagnostic.h"

namespace gopol::cli {

/// One JSON document: {"schema":1,"diagnostics":[...]}, each with code, severity, message, file,
/// span, related, help, fixes and docs.
std::string diagnostics_json(const dsl::Diagnostics& diagnostics, const dsl::SourceMap& sources);

}  // namespace gopol::cli
