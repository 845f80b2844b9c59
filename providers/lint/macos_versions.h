#pragma once

#include "providers/lint/subject.h"

namespace gopol::providers::lint {

// Which releases of macOS a policy speaks of.
Diagnostics systems_without_updates(const Subject& subject);  ///< L505
Diagnostics systems_that_are_not(const Subject& subject);     ///< L507

}  // namespace gopol::providers::lint
