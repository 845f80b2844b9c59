#pragma once

#include <string>
#include <vector>

#include "dsl/policy/policy.h"

namespace gopol::engine {

/// Which way a difference goes. stronger: more machines are held to it, or to more. none: nothing
/// that a machine could tell (a reason, an owner).
enum class Direction : std::uint8_t { none, stronger, weaker, other };

/// What a difference is about.
enum class Aspect : std::uint8_t {
  scope,   ///< on which machines the rule applies
  slot,    ///< what it asserts
  waiver,  ///< when and where it need not hold
  text,    ///< its `because` or `owner`
  other,
};

/// One thing that differs about a rule: `severity` from `warn` to `enforce`.
struct Difference {
  Aspect aspect = Aspect::other;
  std::string what;      ///< for people: severity, applies, `go.env.GOPROXY`, on unknown, …
  std::string from, to;  ///< as people read it; empty: it was not there
  Direction direction = Direction::other;
};

/// One rule, override or claim that is not in both policies as it is.
struct RuleChange {
  enum class Kind : std::uint8_t { added, removed, changed, renamed };
  Kind kind = Kind::changed;
  dsl::Name name;
  dsl::Name was;          ///< of renamed: its name before
  bool enforced = false;  ///< in the policy that has it, the new one first
  std::vector<Difference> differences;
  dsl::SourceSpan place;  ///< in the new policy, or of removed in the old one
};

/// What a change of a policy means, rule by rule: in the new policy's order, then what is gone.
/// Claims (`assert`, `assume`, `cover`) come last. Conditions are compared by the machines they
/// hold for, values by what they permit.
std::vector<RuleChange> compare_rules(const dsl::Policy& was, const dsl::Policy& is);

/// weaker if any difference is, else stronger, else other, else none. A rule that comes makes a
/// policy stronger, one that goes weaker.
Direction direction_of(const RuleChange& change);

}  // namespace gopol::engine
