#include "engine/diff/replay.h"

#include <algorithm>
#include <utility>

#include "engine/plan/disclosure.h"
#include "engine/plan/interpolation.h"
#include "engine/plan/items.h"
#include "engine/plan/ledger.h"

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
    case ItemState::conflict: return SlotEffect::conflict;
    case ItemState::failed:
    case ItemState::blocked:
    case ItemState::kept:
    case ItemState::defeated:
    case ItemState::held: break;  // nothing is prepared here, no shell read, and no run was before
  }
  return SlotEffect::unknown;
}

}  // namespace

std::uint32_t SlotOutcomes::number_of(const SlotOutcome& outcome) {
  const auto next = static_cast<std::uint32_t>(all_.size());
  const auto [at, is_new] = numbers_.emplace(outcome, next);
  if (is_new) all_.push_back(outcome);
  return at->second;
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

/// The cells that decide about a slot on this machine; valid until the next call.
const std::vector<Cell>& Replay::key_of(const Asserted& asserted) {
  key_.clear();
  for (const std::size_t question : asserted.decides) key_.push_back(questions_.cells()[question]);
  return key_;
}

const std::vector<std::uint32_t>& Replay::outcomes() {
  now_.assign(slots_.size(), not_planned);
  bool planned = true;
  for (std::size_t i = 0; i < asserted_.size(); ++i) {
    const auto known = asserted_[i].known.find(key_of(asserted_[i]));
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
  std::multimap<Slot, const Wanted*> wanted;
  for (const Wanted& one : desired.wanted) wanted.emplace(one.slot, &one);
  for (std::size_t i = 0; i < asserted_.size(); ++i) {
    if (now_[i] != not_planned) continue;
    now_[i] = known_.number_of(outcome_of(asserted_[i], desired, wanted, facts));
    asserted_[i].known.emplace(key_of(asserted_[i]), now_[i]);
  }
}

SlotOutcome Replay::outcome_of(const Asserted& asserted, const Desired& desired,
                               const std::multimap<Slot, const Wanted*>& all_wanted,
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
  const auto [begin, end] = all_wanted.equal_range(slot);
  for (auto at = begin; at != end; ++at) {
    const Wanted& wanted = *at->second;
    const Item item = item_for(wanted, policy_, facts, {});
    const SlotEffect effect = effect_of(item.state);
    if (effect > out.effect) continue;
    out.effect = effect;
    out.wanted =
        as_written(dsl::to_text(shown(slot, first.interpolated ? first.allowed : wanted.allowed)));
  }
  if (applies && begin == end) out.effect = SlotEffect::conflict;
  if (out.effect != SlotEffect::change && out.effect != SlotEffect::finding)
    out.wanted.clear();  // a machine that nothing is done to is the same, whatever is permitted
  if (out.effect == SlotEffect::change) {
    const dsl::Schema* family = schemas_.find(slot.family);
    if (family != nullptr) out.demands = family->demands;
  }
  return out;
}

}  // namespace gopol::engine
