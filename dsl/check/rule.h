#pragma once

#include <string>
#include <vector>

#include "dsl/check/names.h"
#include "dsl/check/scope.h"

namespace gopol::dsl::checking {

/// What the rules of one place have in common: the profile that acts, its condition, its names.
struct Frame {
  std::string profile;  ///< the one whose name its rules have; empty outside of profiles
  const Scope* scope = nullptr;
  Guard when;
  Name owner, because;
  SharedList<Label> chain;  ///< the `extends` that lead here
};

/// An `after` clause, resolved when all rules are known.
struct Waiting {
  std::uint32_t rule = 0;
  std::string profile;
  QName name;
};

/// Adds a rule to the policy. Reports what its clauses report, P2009 for a name that is taken.
void read_rule(Rule view, const Frame& frame, Names& names, std::vector<Waiting>& waiting,
               Context& context);

/// Reads the clauses of a rule or an override into `rule`, which will be the policy's next.
void read_clauses(View::Range<View> clauses, const Frame& frame, const Scope& scope,
                  std::vector<Waiting>& waiting, Context& context, Policy::Rule& rule);

/// Notes the labels that `guard` reads as ones that only the system-wide configuration sets.
void protect_labels(const Guard& guard, Policy& policy);

}  // namespace gopol::dsl::checking
