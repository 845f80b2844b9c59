#pragma once

#include "dsl/check/scope.h"

namespace gopol::dsl::checking {

/// Adds what one resource clause asserts to `rule`, for each of its keys. Reports P2002, P2004,
/// P2007.
void add_resource(Resource resource, const Scope& scope, Context& context, Policy::Rule& rule);

}  // namespace gopol::dsl::checking
