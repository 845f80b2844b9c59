#pragma once

#include <functional>
#include <string>
#include <vector>

#include "dsl/policy/policy.h"

namespace gopol::engine {

/// One small change to a policy that its tests should notice.
struct Mutation {
  dsl::SourceSpan span;
  std::string what;  ///< `os.version >= 14` becomes `>`
  std::function<void(dsl::Policy&)> apply;
};

/// Every bound, operator, severity and value of a policy changed by itself, in the order of its
/// rules; then the conditions of what it claims.
std::vector<Mutation> mutations_of(const dsl::Policy& policy);

}  // namespace gopol::engine
