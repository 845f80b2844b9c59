#pragma once

#include <optional>

#include "dsl/policy/schema.h"
#include "dsl/value/diagnostic.h"

namespace gopol::dsl {

/// Why a value that was read from a machine is none that the attribute may have: it could not be
/// parsed and stayed text, or it breaks the attribute's own rule. Nothing: it fits.
std::optional<Diagnostic> misfit(const AttributeSchema& attribute, const Value& value);

}  // namespace gopol::dsl
