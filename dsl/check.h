#pragma once

#include <span>

#include "dsl/module.h"
#include "dsl/policy.h"
#include "dsl/result.h"
#include "dsl/schema.h"
#include "dsl/tree.h"

namespace gopol::dsl {

/// Several texts as one policy: names resolved against the schemas, types made certain, lets and
/// loops expanded, profiles flattened. All errors at once, sorted by place (P1005, P1007, P2xxx,
/// P3003, P3011). `warnings` gets the rest. Linear in the text and in what its loops and profiles
/// expand to.
Result<Policy> check(const Program& program, const Schemas& schemas, Diagnostics& warnings);

/// The same for texts that import nothing.
Result<Policy> check(std::span<const Tree> files, const Schemas& schemas, Diagnostics& warnings);

}  // namespace gopol::dsl
