#pragma once

#include "dsl/policy/policy.h"

namespace gopol::engine {

/// How the machines for which a condition holds changed. other: some came, some went. undecided:
/// the two conditions tell too much apart.
enum class ScopeChange { same, wider, narrower, other, undecided };

/// A condition and the policy whose facts and shared conditions it means.
struct Condition {
  const dsl::Guard& guard;
  const dsl::Policy& policy;
};

/// Looks at every kind of machine that the two conditions tell apart, so that a refactoring without
/// effect is `same`, however it is written.
ScopeChange compare_scopes(const Condition& was, const Condition& is);

}  // namespace gopol::engine
