#pragma once

#include <vector>

#include "engine/diff/rules.h"

namespace gopol::engine {

/// What differs about `assert`, `assume` and `cover`, as compare_rules says it of rules: in the new
/// policy's order, then what is gone. An `assume` has no name: the first with the first.
std::vector<RuleChange> compare_claims(const dsl::Policy& was, const dsl::Policy& is);

}  // namespace gopol::engine
