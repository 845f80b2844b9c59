#pragma once

#include <optional>
#include <vector>

#include "dsl/policy/policy.h"
#include "engine/plan/facts.h"

namespace gopol::engine {

/// Kleene's three values.
enum class Truth { no, unknown, yes };

/// What an atom says of a value: of its fact, or of the element of it that the atom names.
Truth test_atom(const dsl::Atom& atom, const Value& value);
/// The same of the whole value of its fact.
Truth test_fact(const dsl::Atom& atom, const Value& value);

/// Why a guard is not `yes`: the part that decided and what its fact was.
struct GuardReason {
  dsl::SourceSpan span;
  Slot fact;
  Value value;
};

/// The conditions of a policy on one machine; a shared one is evaluated once. An atom on an unknown
/// fact is unknown, on an absent one no (`is absent` is yes); `no and unknown` is no, `yes or
/// unknown` is yes. Source: the manual, "Evaluation". Keeps references to both.
class Guards {
 public:
  Guards(const dsl::Policy& policy, const Facts& facts);

  Truth evaluate(const dsl::Guard& guard) const;

  /// The atoms that make `guard` what it is, at most so many of them.
  std::vector<GuardReason> deciding(const dsl::Guard& guard, std::size_t most) const;
  /// Those that keep it from `yes`; none if it is `yes`.
  std::vector<GuardReason> reasons(const dsl::Guard& guard, std::size_t most) const;

 private:
  void explain(const dsl::Guard& guard, Truth truth, std::size_t most,
               std::vector<GuardReason>& out) const;

  const dsl::Policy& policy_;
  const Facts& facts_;
  mutable std::vector<std::optional<Truth>> shared_;
};

}  // namespace gopol::engine
