#pragma once

#include "dsl/lint/subject.h"

namespace gopol::dsl::lint {

// Facts that may be absent or unknown.
Diagnostics unequal_to_absent(const Subject& subject);  ///< L303
Diagnostics silently_unknown(const Subject& subject);   ///< L311

}  // namespace gopol::dsl::lint
