#pragma once

#include <span>

#include "dsl/lint/lint.h"
#include "providers/lint/subject.h"

namespace gopol::providers::lint {

/// The lints that know Go and macOS, by code.
std::span<const dsl::lint::Lint<Subject>> domain_lints();

}  // namespace gopol::providers::lint
