#include "engine/diff/replay.h"

#include <algorithm>
#include <utility>

#include "engine/interpolation.h"
#include "engine/items.h"
#include "engine/ledger.h"

namespace gopol::engine {
namespace {

using dsl::Policy;

constexpr std::uint32_t not_planned = UINT32_MAX;

SlotEffect effect_of(ItemState state) {
  switch (state) {
    case ItemState::ok: return SlotEffect::ok;
    case ItemState::change: return SlotEffect::change;
    case ItemState::finding: return SlotEffect::finding;
    case ItemState::waived: return SlotEffect::waived;
    case ItemState::unknown: return SlotEffect::unknown;
  }
  return SlotEffect::unknown;
}

}  // namespace

std::uint32_t SlotOutcomes::number_of(const SlotOutcome& outcome) {
  const auto at = std::find(all_.begin(), all_.end(), outcome);
  const auto number = static_cast<std::uint32_t>(at - all_.begin());
  if (at == all_.end()) all_.push_back(outcome);
  return number;
}

Replay::Replay(const Policy& policy, const dsl::Schemas& schemas, const Questions& questions,
               SlotOutcomes& known)
    : policy_(policy),
      schemas_(schemas),
      questions_(questions),
      known_(known),
      overrides_(policy.rules.size()) {
  for (std::uint32_t i = 0; i < policy.rules.size(); ++i) {
    if (policy.rules[i].replaces) overrides_[*policy.rules[i].replaces].push_back(i);
  }
  collect();
}

void Replay::collect() {
  std::map<Slot, Asserted> by_slot;
  for (std::uint32_t i = 0; i < policy_.rules.size(); ++i) {
    for (const dsl::Assertion& assertion : policy_.rules[i].assertions) {
      if (assertion.shape->input) continue;
      Asserted& one = by_slot[assertion.slot];
      one.assertions.push_back(&assertion);
      one.rules.push_back(i);
    }
  }
  for (auto& [slot, asserted] : by_slot) {
    find_deciding(asserted);
    slots_.push_back(slot);
    asserted_.push_back(std::move(asserted));
  }
}

void Replay::add_facts(const dsl::Guard& guard, std::set<std::size_t>& out) const {
  if (guard.kind == dsl::Guard::Kind::shared) add_facts(policy_.guards[guard.shared], out);
  if (guard.kind == dsl::Guard::Kind::atom)
    out.insert(questions_.of_fact(policy_.facts[guard.atom.fact]));
  for (const dsl::Guard& part : guard.parts) add_facts(part, out);
}

void Replay::add_rule(const Policy::Rule& rule, std::set<std::size_t>& out) const {
  add_facts(rule.guard, out);
  for (const dsl::Waiver& waiver : rule.waivers) {
    add_facts(waiver.guard, out);
    out.insert(questions_.of_fact(run_date));
  }
}

/// The conditions of the rules that assert it, of what they replace or are replaced by, and its own
/// value.
void Replay::find_deciding(Asserted& asserted) const {
  std::set<std::size_t> out;
  for (const std::uint32_t rule : asserted.rules) {
    const std::uint32_t replaced = policy_.rules[rule].replaces.value_or(rule);
    add_rule(policy_.rules[replaced], out);
    for (const std::uint32_t other : overrides_[replaced]) add_rule(policy_.rules[other], out);
  }
  for (const dsl::Assertion* assertion : asserted.assertions)
    out.insert(questions_.of_assertion(*assertion));
  asserted.decides.assign(out.begin(), out.end());
}

const std::vector<std::uint32_t>& Replay::outcomes() {
  now_.assign(slots_.size(), not_planned);
  bool planned = true;
  const auto& cells = questions_.cells();
  for (std::size_t i = 0; i < asserted_.size(); ++i) {
    key_.clear();
    for (const std::size_t question : asserted_[i].decides) key_.push_back(cells[question]);
    const auto known = asserted_[i].known.find(key_);
    if (known != asserted_[i].known.end()) now_[i] = known->second;
    planned = planned && now_[i] != not_planned;
  }
  if (!planned) plan();
  return now_;
}

/// Asks the engine about this machine, and remembers what it said of slots it was not asked before.
void Replay::plan() {
  const Facts facts = questions_.facts();
  const Desired desired = evaluate(policy_, facts);
  for (std::size_t i = 0; i < asserted_.size(); ++i) {
    if (now_[i] != not_planned) continue;
    std::vector<Cell> key;
    for (const std::size_t question : asserted_[i].decides)
      key.push_back(questions_.cells()[question]);
    now_[i] = known_.number_of(outcome_of(asserted_[i], desired, facts));
    asserted_[i].known.emplace(std::move(key), now_[i]);
  }
}

SlotOutcome Replay::outcome_of(const Asserted& asserted, const Desired& desired,
                               const Facts& facts) const {
  SlotOutcome out;
  bool applies = false;
  for (const std::uint32_t rule : asserted.rules) {
    const RuleStatus status = desired.rules[rule].status;
    if (status == RuleStatus::unknown) out.effect = SlotEffect::unknown;
    applies = applies || status == RuleStatus::applies;
  }
  const dsl::Assertion& first = *asserted.assertions.front();
  Slot slot = first.slot;
  if (first.interpolated) slot.key = Interpolation(facts).key(first);
  bool wanted_at_all = false;
  for (const Wanted& wanted : desired.wanted) {
    if (wanted.slot != slot) continue;
    wanted_at_all = true;
    const Item item = item_for(wanted, policy_, facts, Ledger{});
    const SlotEffect effect = effect_of(item.state);
    if (effect > out.effect) continue;
    out.effect = effect;
    out.wanted = as_written(dsl::to_text(first.interpolated ? first.allowed : wanted.allowed));
  }
  if (applies && !wanted_at_all) out.effect = SlotEffect::conflict;
  if (out.effect != SlotEffect::change && out.effect != SlotEffect::finding)
    out.wanted.clear();  // a machine that nothing is done to is the same, whatever is permitted
  if (out.effect == SlotEffect::change) {
    const dsl::Schema* family = schemas_.find(slot.family);
    out.needs_root = family != nullptr && family->needs_root;
    out.irreversible = family != nullptr && family->irreversible;
  }
  return out;
}

}  // namespace gopol::engine
