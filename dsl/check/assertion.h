#pragma once

#include <optional>

#include "dsl/check/scope.h"

namespace gopol::dsl::checking {

/// What `attribute` allows of a slot of this shape; also whether it holds interpolations.
struct ReadAllowed {
  Allowed allowed;
  bool interpolated = false;
};

/// Reads operator and value of one attribute clause. Reports P2004 for an operator that the type
/// does not have, and what `constant` and the schema's own rules report.
std::optional<ReadAllowed> read_allowed(Attribute attribute, const AttributeSchema& shape,
                                        const Scope& scope, Context& context);

}  // namespace gopol::dsl::checking
