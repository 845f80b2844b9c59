#pragma once

#include <optional>

#include "dsl/check/scope.h"

namespace gopol::dsl::checking {

/// The type that a `let` or a parameter declares: `string`, `list[path]`, `proxychain`, or that of
/// an attribute, `xcode.select.developer_dir`. Reports P2001 for a name that is none.
std::optional<Type> declared_type(TypeName written, Context& context);

/// Whether `value`, whose names stand in `scope`, is of the declared type; reported if it is not.
bool is_of_type(TypeName written, Expression value, const Scope& scope, Context& context);

}  // namespace gopol::dsl::checking
