#pragma once

#include "dsl/check/scope.h"

namespace gopol::dsl::checking {

/// P3011: a guard may read a state fact only if no rule of the policy writes that slot, or
/// something that its schema says affects it. Source: the manual, "Where a slot's name stands".
void find_unstable_guards(Context& context);

}  // namespace gopol::dsl::checking
