#pragma once

#include <optional>

#include "dsl/check/scope.h"

namespace gopol::dsl::checking {

/// Reads a condition without `and`, `or` and `not`: one fact against constants, or parameters
/// alone. Reports P2001, P2004, P2005 and what constants report; then gives nothing.
std::optional<Guard> atom(Expression expression, const Scope& scope, Context& context);

/// `not`.
Guard negated(Guard inner);

}  // namespace gopol::dsl::checking
