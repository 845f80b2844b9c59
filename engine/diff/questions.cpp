#include "engine/diff/questions.h"

#include <algorithm>
#include <utility>

#include "engine/encoding/json.h"
#include "engine/encoding/value_json.h"
#include "engine/plan/guard.h"
#include "engine/plan/interpolation.h"
#include "engine/plan/rule_status.h"

namespace gopol::engine {
namespace {

using dsl::Policy;

constexpr std::size_t nobody_asks = SIZE_MAX;
constexpr std::size_t most_remembered = 4096;  // spellings of one value, or of slots
constexpr std::string_view not_recorded;

const Slot stable_slots[] = {
    {"user", {}, "home", {}}, {"user", {}, "name", {}}, {"machine", {}, "name", {}}};

Value value_of(const RawFact& fact) {
  if (fact.value == not_recorded) return dsl::Unknown{"it was not recorded", ""};
  auto value = value_from_json(fact.value);
  return value ? std::move(*value) : Value(dsl::Unknown{"it was recorded in no known form", ""});
}

}  // namespace

void Questions::add(const Policy& policy) {
  for (const Slot& slot : policy.facts) question(slot, false);
  if (const auto at = static_.find(run_date); at != static_.end())
    questions_[at->second].by_text = true;
  for (const dsl::Guard& guard : policy.guards) add_guard(guard, policy);
  for (const Policy::Rule& rule : policy.rules) {
    add_guard(rule.guard, policy);
    for (const dsl::Waiver& waiver : rule.waivers) add_guard(waiver.guard, policy);
    for (const dsl::Assertion& assertion : rule.assertions) {
      Question& one = questions_[question(assertion.slot, assertion.interpolated)];
      one.assertions.push_back(&assertion);
      one.is_filled = one.is_filled || assertion.interpolated;
    }
  }
}

std::size_t Questions::question(const Slot& slot, bool interpolated) {
  auto& numbers = interpolated ? interpolated_ : static_;
  const auto [at, is_new] = numbers.try_emplace(slot, questions_.size());
  if (is_new) {
    Question& fresh = questions_.emplace_back();
    fresh.slot = slot;
    fresh.interpolated = interpolated;
  }
  return at->second;
}

std::size_t Questions::of_assertion(const dsl::Assertion& assertion) const {
  return (assertion.interpolated ? interpolated_ : static_).at(assertion.slot);
}

void Questions::add_guard(const dsl::Guard& guard, const Policy& policy) {
  for (const dsl::Guard& part : guard.parts) add_guard(part, policy);
  if (guard.kind != dsl::Guard::Kind::atom) return;
  questions_[of_fact(policy.facts[guard.atom.fact])].atoms.push_back(&guard.atom);
}

std::size_t Questions::number_of(std::string_view slot) {
  const auto known = numbers_.find(slot);
  if (known != numbers_.end()) return known->second;
  const auto json = detail::parse_json(slot);
  const auto read = json ? detail::slot_of(*json) : std::nullopt;
  const auto at = read ? static_.find(*read) : static_.end();
  if (numbers_.size() >= most_remembered + 4 * questions_.size()) numbers_.clear();
  return numbers_[std::string(slot)] = at != static_.end() ? at->second : nobody_asks;
}

void Questions::read(const RawMachine& machine) {
  values_.assign(questions_.size(), RawFact{});
  cells_.assign(questions_.size(), 0);
  for (const RawFact& fact : machine.facts) {
    const std::size_t number = number_of(fact.slot);
    if (number != nobody_asks) values_[number] = fact;
  }
  stable_ = {};
  stable_text_.clear();
  for (const Slot& slot : stable_slots) {
    const auto at = static_.find(slot);
    if (at == static_.end()) continue;
    stable_.add({.slot = slot, .value = value_of(values_[at->second])});
    stable_text_ += std::string(values_[at->second].value) + "\n";
  }
  if (!interpolated_.empty()) read_interpolated(machine);
  for (std::size_t i = 0; i < questions_.size(); ++i)
    cells_[i] = cell_of(questions_[i], values_[i]);
}

/// Keys of this machine: found among all facts of their families by their whole slots.
void Questions::read_interpolated(const RawMachine& machine) {
  slots_.resize(questions_.size());
  std::unordered_map<std::string, std::vector<std::size_t>> wanted;
  for (const auto& [slot, number] : interpolated_) {
    slots_[number] = slot;
    slots_[number].key = Interpolation(stable_).key(*questions_[number].assertions.front());
    wanted[detail::line_of(detail::json_of(slots_[number]))].push_back(number);
  }
  for (const RawFact& fact : machine.facts) {
    const auto json = detail::parse_json(fact.slot);
    const auto slot = json ? detail::slot_of(*json) : std::nullopt;
    if (!slot) continue;
    const auto at = wanted.find(detail::line_of(detail::json_of(*slot)));
    if (at == wanted.end()) continue;
    for (const std::size_t number : at->second) values_[number] = fact;
  }
}

Cell Questions::cell_of(Question& question, const RawFact& fact) {
  std::string longer;  // of the few whose spelling is not all
  std::string_view text = fact.value;
  if (fact.inherited || question.is_filled) {
    longer = std::string(text) + (fact.inherited ? "i" : "");
    if (question.is_filled) longer += "\n" + stable_text_;
    text = longer;
  }
  const auto known = question.known.find(text);
  if (known != question.known.end()) return known->second;
  std::string key = question.by_text ? std::string(text) : told_apart(question, fact);
  const auto next = static_cast<Cell>(question.cells.size());
  const Cell cell = question.cells.try_emplace(std::move(key), next).first->second;
  if (question.known.size() == most_remembered) question.known.clear();
  question.known.emplace(text, cell);
  return cell;
}

/// One letter for each atom and each assertion.
std::string Questions::told_apart(const Question& question, const RawFact& fact) const {
  const Value value = value_of(fact);
  std::string out = value.is_unknown() ? "u" : value.is_absent() ? "a" : "k";
  if (fact.inherited) out += 'i';
  for (const dsl::Atom* atom : question.atoms)
    out += static_cast<char>('0' + static_cast<int>(test_fact(*atom, value)));
  for (const dsl::Assertion* one : question.assertions) {
    Interpolation fill(stable_);
    const bool holds = one->interpolated ? dsl::contains(fill.allowed(one->allowed), value)
                                         : dsl::contains(one->allowed, value);
    out += fill.missing() ? 'm' : holds ? 'y' : 'n';
  }
  return out;
}

Facts Questions::facts() const {
  Facts out;
  for (std::size_t i = 0; i < questions_.size(); ++i) {
    const bool interpolated =
        interpolated_.contains(questions_[i].slot) && interpolated_.at(questions_[i].slot) == i;
    out.add({.slot = interpolated ? slots_[i] : questions_[i].slot,
             .value = value_of(values_[i]),
             .inherited = values_[i].inherited});
  }
  return out;
}

}  // namespace gopol::engine
