#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dsl/policy/policy.h"
#include "engine/plan/provider.h"

namespace gopol::engine {

/// One place in a run: a change, or a point that changes wait for (a rule or a family, begun or
/// done).
struct Stage {
  std::optional<std::uint32_t> change;  ///< index into the changes that were ordered
  std::vector<std::uint32_t> before;    ///< earlier steps that this one waits for
};

/// A change and the rule that wants it.
struct Ruled {
  const Change* change = nullptr;
  std::uint32_t rule = 0;
};

/// The order of a run, and what has no place in it.
struct Order {
  std::vector<Stage> stages;
  std::vector<std::uint32_t> left_out;  ///< changes that wait for themselves, or for such
  dsl::Diagnostics circle;              ///< P3010 if there is one
  std::vector<std::uint32_t> rules;     ///< along it; none: a rule against the order of the kinds
};

/// All changes in an order that respects `after` of rules that apply and of families; else the
/// order given. Linear in changes and `after` clauses. Errors: P3010 if the kinds have no order.
Result<Order> order(const std::vector<Ruled>& changes, const dsl::Policy& policy,
                    const dsl::Schemas& schemas, const std::vector<bool>& applies);

}  // namespace gopol::engine
