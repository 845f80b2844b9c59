#pragma once

#include "providers/lint/subject.h"

namespace gopol::providers::lint {

// Single settings of Go.
Diagnostics module_mode(const Subject& subject);       ///< L410
Diagnostics myths(const Subject& subject);             ///< L412
Diagnostics foreign_programs(const Subject& subject);  ///< L413

}  // namespace gopol::providers::lint
