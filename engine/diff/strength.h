#pragma once

#include "dsl/policy/allowed.h"

namespace gopol::engine {

/// What became of a set of permitted values. stronger: fewer are permitted, all of them before.
/// other: some came, or that cannot be said from the parts alone.
enum class Strength { same, stronger, weaker, other };

Strength compare_values(const dsl::Allowed& was, const dsl::Allowed& is);

}  // namespace gopol::engine
