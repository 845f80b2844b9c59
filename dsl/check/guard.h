#pragma once

#include <optional>

#include "dsl/check/scope.h"

namespace gopol::dsl::checking {

/// Reads a condition. Every atom compares one fact with constants (P2005 otherwise). Nothing, with
/// the errors reported, if any part is wrong.
std::optional<Guard> guard(Expression expression, const Scope& scope, Context& context);

/// Both; an `always` disappears.
Guard both(Guard a, Guard b);

}  // namespace gopol::dsl::checking
