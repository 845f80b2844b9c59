#pragma once

#include <optional>

#include "dsl/check/scope.h"

namespace gopol::dsl::checking {

/// Whether a condition holds that speaks of parameters and constants only: `tier == "laptop"`,
/// `tier in ["laptop", "desktop"]`, `strict`. Nothing if it speaks of anything else.
std::optional<bool> folded(Expression expression, const Scope& scope, Context& context);

}  // namespace gopol::dsl::checking
