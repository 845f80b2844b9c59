#pragma once

#include <span>

#include "dsl/policy.h"
#include "dsl/result.h"
#include "dsl/schema.h"
#include "dsl/tree.h"

namespace gopol::dsl {

/// Several texts as one policy: names resolved against the schemas, types made certain, lets and
/// loops expanded. All errors at once, sorted by place (P1005, P1007, P2xxx, P3011). `warnings`
/// gets the rest. Linear in the text and in what its loops expand to.
Result<Policy> check(std::span<const Tree> files, const Schemas& schemas, Diagnostics& warnings);

}  // namespace gopol::dsl
