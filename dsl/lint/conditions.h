#pragma once

#include "dsl/lint/subject.h"

namespace gopol::dsl::lint {

// What conditions and patterns say, as they are written.
Diagnostics repeated_operands(const Subject& subject);      ///< L302
Diagnostics plain_patterns(const Subject& subject);         ///< L306
Diagnostics patterns_for_all(const Subject& subject);       ///< L307
Diagnostics closed_version_ranges(const Subject& subject);  ///< L308
Diagnostics twofold_negations(const Subject& subject);      ///< L703

}  // namespace gopol::dsl::lint
