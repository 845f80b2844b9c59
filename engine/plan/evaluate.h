#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dsl/policy/policy.h"
#include "engine/plan/facts.h"
#include "engine/plan/rule_status.h"

namespace gopol::engine {

/// What the applying rules together want of one slot.
struct Wanted {
  Slot slot;  ///< its key interpolated
  dsl::Allowed allowed;
  const dsl::AttributeSchema* shape = nullptr;
  struct Source {
    std::uint32_t rule = 0;
    dsl::SourceSpan span;
  };
  /// The assertions that met, in the order of the policy; never empty.
  dsl::SharedList<Source> sources;
  /// Of rules that are waived: reported as such, never written; `effect` is `warn` then.
  const dsl::Waiver* waiver = nullptr;
  /// Nobody may write: a default stands against a rule whose guard is unknown, say.
  dsl::Prose held_back;
  dsl::Effect effect = dsl::Effect::enforce;
};

/// A slot on which the applying rules contradict each other: none of them writes it.
struct Disputed {
  Wanted wanted;        ///< `allowed` is the first rule's, `sources` are all
  dsl::Diagnostic why;  ///< one of Desired::conflicts
};

/// The meaning of a policy on one machine.
struct Desired {
  std::vector<RuleOutcome> rules;  ///< one for each rule of the policy
  std::vector<Wanted> wanted;      ///< each (slot, effect, waived) once, sorted by slot
  std::vector<Disputed> disputed;  ///< in no list but this one
  dsl::Diagnostics conflicts;      ///< P3001, P3003, P3004: what disagrees here, both places named
};

/// Pure: no host, no clock. `facts` holds what the guards and interpolations read.
Desired evaluate(const dsl::Policy& policy, const Facts& facts);

}  // namespace gopol::engine
