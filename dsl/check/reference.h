#pragma once

#include <optional>

#include "dsl/check/scope.h"

namespace gopol::dsl::checking {

/// Resolves `os.version`, `go.toolchain["default"].version`, `network.reaches["host"]`,
/// `label.team`, `go.env.GOPROXY[0]`. Reports P2001 with the nearest name, or P2004 for a wrong
/// key; then gives nothing. What was resolved once is remembered by its text.
std::optional<Named> resolve(Ref reference, Context& context);

/// `; did you mean …` candidates for an attribute of a family.
std::vector<std::string> attribute_names(const Schema& schema);

}  // namespace gopol::dsl::checking
