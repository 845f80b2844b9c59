#pragma once

#include <optional>

#include "dsl/check/scope.h"

namespace gopol::dsl::checking {

/// A fact or slot that a reference names, and its shape.
struct Named {
  Slot slot;
  const Type* type = nullptr;            ///< of the value; of an element's, if there is one
  bool context = false;                  ///< fixed during a run
  std::optional<std::uint32_t> element;  ///< `GOPROXY[0]`: of a list
};

/// Resolves `os.version`, `go.toolchain["default"].version`, `network.reaches["host"]`,
/// `label.team`, `go.env.GOPROXY[0]`. Reports P2001 with the nearest name, or P2004 for a wrong
/// key; then gives nothing.
std::optional<Named> resolve(Ref reference, Context& context);

/// `; did you mean …` candidates for an attribute of a family.
std::vector<std::string> attribute_names(const Schema& schema);

}  // namespace gopol::dsl::checking
