#pragma once

#include <vector>

#include "engine/diff/rules.h"

namespace gopol::engine {

/// A rule and the policy whose facts and shared conditions it means.
struct RuleOf {
  const dsl::Policy::Rule& rule;
  const dsl::Policy& policy;
};

/// All that differs between two versions of one rule.
std::vector<Difference> compare_rule(const RuleOf& was, const RuleOf& is);

/// Whether two rules do the same on every machine, and say so with the same words.
bool same_but_for_name(const RuleOf& was, const RuleOf& is);

/// What a rule that came or went asserts.
std::vector<Difference> differences_of_whole(const dsl::Policy::Rule& rule, Direction direction);

}  // namespace gopol::engine
