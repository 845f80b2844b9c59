#pragma once

#include <span>

#include "dsl/policy/policy.h"
#include "dsl/policy/schema.h"
#include "dsl/syntax/module.h"
#include "dsl/syntax/tree.h"
#include "dsl/value/result.h"

namespace gopol::dsl {

/// Several texts as one policy: names resolved against the schemas, types made certain, lets and
/// loops expanded, profiles flattened. All errors at once, sorted by place (P1005, P1007, P2xxx,
/// P3003, P3011). `warnings` gets the rest. Linear in the text and in what its loops and profiles
/// expand to.
Result<Policy> check(const Program& program, const Schemas& schemas, Diagnostics& warnings);

/// The same for texts that import nothing.
Result<Policy> check(std::span<const Tree> files, const Schemas& schemas, Diagnostics& warnings);

}  // namespace gopol::dsl
