#pragma once

#include <optional>

#include "dsl/check/constant.h"

namespace gopol::dsl::checking {

/// A version, or the range that `1.22.x` stands for. A whole number is accepted where the scheme
/// has such versions. Reports P1005 (the scheme knows no such version), P1007 (`= 1.22`), P2004 (a
/// text).
std::optional<Constant> version_constant(Expression expression, const Purpose& purpose,
                                         Context& context);

}  // namespace gopol::dsl::checking
