#pragma once

#include "dsl/lint/subject.h"

namespace gopol::dsl::lint {

// How a text is written.
Diagnostics unused_names(const Subject& subject);   ///< L608
Diagnostics odd_names(const Subject& subject);      ///< L701
Diagnostics long_profiles(const Subject& subject);  ///< L702

}  // namespace gopol::dsl::lint
