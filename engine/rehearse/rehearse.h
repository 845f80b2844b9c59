#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/plan/plan.h"
#include "engine/rehearse/host_copy.h"

namespace gopol::engine {

/// What came of one change of a plan on the copy.
struct Rehearsed {
  enum class Kind {
    made,
    unforeseen,  ///< its edits are made; what else it does is not known
    fails,       ///< it would fail on the machine too: see `why`
    left,        ///< a person does it, or it comes after one that fails
  };
  Kind kind = Kind::made;
  std::uint32_t change = 0;  ///< index into the plan's changes
  dsl::Diagnostics why = {};
};

/// A copy of a machine on which a plan was applied.
struct Rehearsal {
  std::unique_ptr<CopyLog> log;
  Host copy;
  std::vector<Rehearsed> outcomes;  ///< one a change, in the order in which they are made
};

/// Applies the plan to a copy of `host`: each change is prepared anew there, as `apply` does it,
/// and what is given back becomes what it was. Nothing of `host` is changed, and no program starts
/// that may. `host` must outlive the copy.
Rehearsal rehearse(const Plan& plan, const Providers& providers, const Host& host);

}  // namespace gopol::engine
