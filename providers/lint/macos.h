#pragma once

#include "providers/lint/subject.h"

namespace gopol::providers::lint {

// What macOS and its tools make of a policy.
Diagnostics intel_prefix(const Subject& subject);       ///< L501
Diagnostics two_homebrews(const Subject& subject);      ///< L502
Diagnostics tools_without_sdk(const Subject& subject);  ///< L503
Diagnostics grants_by_path(const Subject& subject);     ///< L504
Diagnostics two_firsts(const Subject& subject);         ///< L506

}  // namespace gopol::providers::lint
