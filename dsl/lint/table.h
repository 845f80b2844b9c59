#pragma once

#include <span>

#include "dsl/lint/lint.h"
#include "dsl/lint/subject.h"

namespace gopol::dsl::lint {

/// The lints that need no provider, by code.
std::span<const Lint<Subject>> general_lints();

}  // namespace gopol::dsl::lint
