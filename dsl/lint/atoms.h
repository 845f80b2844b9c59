#pragma once

#include "dsl/policy/policy.h"

namespace gopol::dsl::lint {

/// Calls `each(atom, span)` for every test in a condition; a profile's shared one is not entered.
template <class Each>
void for_all_atoms(const Guard& guard, const Each& each) {
  if (guard.kind == Guard::Kind::atom) each(guard.atom, guard.span);
  for (const Guard& part : guard.parts) for_all_atoms(part, each);
}

/// Calls `each(guard)` for every condition that says where something applies, those of profiles
/// once.
template <class Each>
void for_all_guards(const Policy& policy, const Each& each) {
  for (const Guard& guard : policy.guards) each(guard);
  for (const Policy::Rule& rule : policy.rules) {
    each(rule.guard);
    for (const Waiver& waiver : rule.waivers) each(waiver.guard);
  }
  for (const Claim& claim : policy.claims) {
    each(claim.when);
    each(claim.that);
  }
}

/// Those, and what tests expect.
template <class Each>
void for_all_conditions(const Policy& policy, const Each& each) {
  for_all_guards(policy, each);
  for (const TestCase& test : policy.tests) {
    for (const TestCase::Expect& expect : test.expects) each(expect.condition);
  }
}

}  // namespace gopol::dsl::lint
