#include "engine/trial/coverage.h"

#include <algorithm>

namespace gopol::engine {

Coverage::Coverage(const dsl::Policy& policy) : policy_(policy), applied_(policy.rules.size()) {
  for (const dsl::Guard& guard : policy.guards) note_atoms(guard);
  for (const auto& rule : policy.rules) {
    note_atoms(rule.guard);
    for (const dsl::Waiver& waiver : rule.waivers) note_atoms(waiver.guard);
  }
}

void Coverage::note_atoms(const dsl::Guard& guard) {
  if (guard.kind == dsl::Guard::Kind::atom) branches_.push_back({&guard});
  for (const dsl::Guard& part : guard.parts) note_atoms(part);
}

void Coverage::add(const Desired& desired, const Facts& facts) {
  for (std::size_t i = 0; i < applied_.size(); ++i) {
    const RuleOutcome& outcome = desired.rules[i];
    const bool replaced = outcome.status == RuleStatus::skipped && outcome.replaced_by;
    if (outcome.status == RuleStatus::applies || replaced) applied_[i] = true;
  }
  const Guards guards(policy_, facts);
  for (Branch& branch : branches_) {
    const Truth truth = guards.evaluate(*branch.atom);
    branch.was_true = branch.was_true || truth == Truth::yes;
    branch.was_false = branch.was_false || truth == Truth::no;
  }
}

Coverage::Count Coverage::rules() const {
  const auto seen = std::count(applied_.begin(), applied_.end(), true);
  return {static_cast<std::size_t>(seen), applied_.size()};
}

Coverage::Count Coverage::branches() const {
  Count out{0, 2 * branches_.size()};
  for (const Branch& branch : branches_)
    out.seen +=
        static_cast<std::size_t>(branch.was_true) + static_cast<std::size_t>(branch.was_false);
  return out;
}

std::vector<std::uint32_t> Coverage::unseen_rules() const {
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < applied_.size(); ++i) {
    if (!applied_[i]) out.push_back(i);
  }
  return out;
}

}  // namespace gopol::engine
