#pragma once

#include <string>
#include <vector>

#include "dsl/policy.h"
#include "engine/facts.h"

namespace gopol::engine {

/// Kleene's three values.
enum class Truth { no, unknown, yes };

/// Why a guard is not `yes`: the part that decided and what its fact was.
struct GuardReason {
  dsl::SourceSpan span;
  Slot fact;
  Value value;
};

/// An atom on an unknown fact is unknown, on an absent one no (`is absent` is yes); `no and
/// unknown` is no, `yes or unknown` is yes. Reasons, if wanted, name the atoms that kept it from
/// `yes`. Source: the manual, "Evaluation".
Truth evaluate(const dsl::Guard& guard, const std::vector<Slot>& names, const Facts& facts,
               std::vector<GuardReason>* reasons = nullptr);

}  // namespace gopol::engine
