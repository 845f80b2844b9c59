#pragma once

#include "providers/lint/subject.h"

namespace gopol::providers::lint {

// Releases that do not go together.
Diagnostics bad_pairs(const Subject& subject);        ///< L415
Diagnostics too_old_systems(const Subject& subject);  ///< L416

}  // namespace gopol::providers::lint
