#pragma once

#include <optional>

#include "dsl/check/scope.h"

namespace gopol::dsl::checking {

/// A fact or slot that a reference names, and its shape.
struct Named {
  Slot slot;
  AttributeSchema attribute;
  bool context = false;  ///< fixed during a run
};

/// Resolves `os.version`, `go.toolchain["default"].version`, `network.reaches["host"]`,
/// `label.team`. Reports P2001 with the nearest name, or P2004 for a wrong key; then gives nothing.
std::optional<Named> resolve(Ref reference, const Scope& scope, Context& context);

/// The schema of an attribute by name: listed, `exists`, or the open shape; nullptr if there is
/// none.
const AttributeSchema* find_attribute(const Schema& schema, std::string_view name);

/// `; did you mean …` candidates for an attribute of a family.
std::vector<std::string> attribute_names(const Schema& schema);

}  // namespace gopol::dsl::checking
