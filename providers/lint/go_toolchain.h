#pragma once

#include "providers/lint/subject.h"

namespace gopol::providers::lint {

// The release of Go that is pinned, and what else decides which one runs.
Diagnostics defeated_pins(const Subject& subject);        ///< L406
Diagnostics unknown_experiments(const Subject& subject);  ///< L407
Diagnostics switched_roots(const Subject& subject);       ///< L408
Diagnostics old_releases(const Subject& subject);         ///< L409
Diagnostics translated_go(const Subject& subject);        ///< L417

}  // namespace gopol::providers::lint
