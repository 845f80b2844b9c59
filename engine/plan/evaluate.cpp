#include "engine/plan/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "dsl/value/dense_index.h"
#include "engine/plan/interpolation.h"
#include "engine/plan/sort_in_place.h"

namespace gopol::engine {
namespace {

using dsl::Allowed;
using dsl::Assertion;
using dsl::Policy;

/// All assertions on one slot by rules of one effect, until they are resolved.
struct Gathered {
  struct One {
    const Assertion* assertion;
    const Allowed* allowed;  ///< the assertion's, or with its interpolations filled in
    std::uint32_t rule;
    bool rule_applies;
  };
  Slot slot;
  dsl::SharedList<One> ones;
  dsl::Prose held_back;
};

class Gathering {
 public:
  Gathering(const Policy& policy, const Facts& facts, const std::vector<RuleOutcome>& outcomes)
      : policy_(policy), facts_(facts), outcomes_(outcomes) {}

  /// What the rules of one effect say that are not skipped; or what the waived ones say.
  void add_all(dsl::Effect effect, bool waived) {
    for (std::uint32_t i = 0; i < policy_.rules.size(); ++i) {
      const Policy::Rule& rule = policy_.rules[i];
      if (rule.effect != effect || outcomes_[i].status == RuleStatus::skipped) continue;
      if (waived != (outcomes_[i].status == RuleStatus::waived)) continue;
      for (const Assertion& assertion : rule.assertions) add(i, assertion);
    }
  }

  std::vector<Gathered> slots;

 private:
  void add(std::uint32_t rule, const Assertion& assertion) {
    Slot slot = assertion.slot;
    const Allowed* allowed = &assertion.allowed;
    dsl::Prose held_back;
    if (assertion.interpolated) {
      Interpolation fill(facts_);
      slot.key = fill.key(assertion);
      allowed = &filled_.emplace_back(fill.allowed(assertion.allowed));
      held_back = fill.missing()
                      ? fmt::format("`{}` has no value here", dsl::to_text(*fill.missing()))
                      : objection(assertion, *allowed);
    }
    Gathered& gathered = of(slot);
    const bool applies = outcomes_[rule].status != RuleStatus::unknown;
    gathered.ones.push_back({&assertion, allowed, rule, applies});
    if (gathered.held_back.empty()) gathered.held_back = held_back;
  }

  Gathered& of(const Slot& slot) {
    const std::size_t hash = dsl::SlotHash()(slot);
    if (const auto at = index_.find(hash, [&](auto i) { return slots[i].slot == slot; }))
      return slots[*at];
    index_.add(hash, slots.size());
    return slots.emplace_back(Gathered{slot, {}, {}});
  }

  /// What the schema's own rules say of values that the checker could not know yet.
  static std::string objection(const Assertion& assertion, const Allowed& allowed) {
    if (assertion.shape->validate == nullptr) return {};
    dsl::SharedList<Value> values = allowed.one_of.value_or(dsl::SharedList<Value>{});
    if (!allowed.includes.empty())
      values.push_back(dsl::List{std::vector<std::string>(allowed.includes)});
    for (const Value& value : values) {
      const auto valid = assertion.shape->validate(value);
      if (!valid) return valid.error().front().message;
    }
    return {};
  }

  const Policy& policy_;
  const Facts& facts_;
  const std::vector<RuleOutcome>& outcomes_;
  dsl::DenseIndex index_;  ///< into `slots`
  std::deque<Allowed> filled_;
};

dsl::Diagnostic conflict(const Policy& policy, const Gathered& gathered, const Gathered::One& a,
                         const Gathered::One& b) {
  auto out = dsl::problem(
      "P3001", b.assertion->span,
      fmt::format("`{}` and `{}` disagree on `{}` on this machine", policy.rules[a.rule].name,
                  policy.rules[b.rule].name, dsl::to_text(gathered.slot)),
      dsl::to_text(*b.allowed), "narrow one `when`, or make one of them `default`");
  out.related.push_back({a.assertion->span, dsl::to_text(*a.allowed)});
  return out;
}

/// The meet of ones[from, to), by halves: a slot that thousands of rules add to stays cheap.
std::optional<Allowed> meet_all(const std::vector<const Gathered::One*>& ones, std::size_t from,
                                std::size_t to) {
  if (to - from == 1) return *ones[from]->allowed;
  const std::size_t middle = from + (to - from) / 2;
  const auto left = meet_all(ones, from, middle), right = meet_all(ones, middle, to);
  if (!left || !right) return {};
  return dsl::meet(*left, *right);
}

/// The first assertion that does not meet what came before, and the earlier one that it disagrees
/// with.
dsl::Diagnostic blame(const Policy& policy, const Gathered& gathered,
                      const std::vector<const Gathered::One*>& ones) {
  Allowed sofar = *ones.front()->allowed;
  for (std::size_t i = 1; i < ones.size(); ++i) {
    auto both = dsl::meet(sofar, *ones[i]->allowed);
    if (both) {
      sofar = std::move(*both);
      continue;
    }
    const auto other = std::find_if(
        ones.begin(), ones.begin() + static_cast<std::ptrdiff_t>(i),
        [&](const Gathered::One* one) { return !dsl::meet(*one->allowed, *ones[i]->allowed); });
    const bool found = other != ones.begin() + static_cast<std::ptrdiff_t>(i);
    return conflict(policy, gathered, found ? **other : *ones.front(), *ones[i]);
  }
  return conflict(policy, gathered, *ones.front(), *ones.back());
}

/// What rules of one effect want of a slot, as far as it does not depend on whether they agree.
Wanted wanted_of(const Policy& policy, const Gathered& gathered,
                 const std::vector<const Gathered::One*>& ones, dsl::Effect effect,
                 const std::vector<RuleOutcome>& outcomes) {
  const auto& waiver = outcomes[ones.front()->rule].waiver;
  Wanted out;
  out.slot = gathered.slot;
  out.shape = ones.front()->assertion->shape;
  out.effect = waiver ? dsl::Effect::warn : effect;
  out.held_back = gathered.held_back;
  if (waiver) out.waiver = &policy.rules[ones.front()->rule].waivers[*waiver];
  for (const auto* one : ones) out.sources.push_back({one->rule, one->assertion->span});
  return out;
}

/// P3003 if one of the rules is an override beside another.
std::optional<dsl::Diagnostic> clash_among(const Policy& policy,
                                           const std::vector<const Gathered::One*>& ones,
                                           const std::vector<RuleOutcome>& outcomes) {
  for (const Gathered::One* one : ones) {
    if (const auto& other = outcomes[one->rule].clashes_with)
      return clash(policy, one->rule, *other);
  }
  return {};
}

/// Meets the assertions of one slot: defaults only where nothing else applies.
void resolve(const Policy& policy, Gathered& gathered, dsl::Effect effect, Desired& out) {
  const auto any = [&](bool applies, bool is_default) {
    return std::any_of(gathered.ones.begin(), gathered.ones.end(), [&](const Gathered::One& one) {
      return one.rule_applies == applies && one.assertion->is_default == is_default;
    });
  };
  const bool use_defaults = !any(true, false);
  if (use_defaults && !any(true, true)) return;
  if (use_defaults && any(false, false)) {
    gathered.held_back = "it is a default, and whether another rule sets it is unknown";
  }
  std::vector<const Gathered::One*> ones;
  for (const Gathered::One& one : gathered.ones) {
    if (one.rule_applies && one.assertion->is_default == use_defaults) ones.push_back(&one);
  }
  Wanted wanted = wanted_of(policy, gathered, ones, effect, out.rules);
  auto why = clash_among(policy, ones, out.rules);
  auto both = why ? std::nullopt : meet_all(ones, 0, ones.size());
  if (both) {
    wanted.allowed = std::move(*both);
    out.wanted.push_back(std::move(wanted));
    return;
  }
  if (wanted.waiver != nullptr) return;
  wanted.allowed = *ones.front()->allowed;
  if (!why) out.conflicts.push_back(*(why = blame(policy, gathered, ones)));
  out.disputed.push_back({std::move(wanted), std::move(*why)});
}

bool of_one_resource_and_effect(const Wanted& a, const Wanted& b) {
  return a.slot.family == b.slot.family && a.slot.key == b.slot.key && a.effect == b.effect &&
         (a.waiver != nullptr) == (b.waiver != nullptr);
}

/// Why what is wanted cannot be, by its index in Desired::wanted.
using Reasons = std::map<std::size_t, dsl::Diagnostic>;

/// Moves what is in dispute out of what is wanted.
void dispute(Reasons why, Desired& out) {
  if (why.empty()) return;
  std::vector<Wanted> kept;
  for (std::size_t i = 0; i < out.wanted.size(); ++i) {
    const auto reason = why.find(i);
    if (reason == why.end()) {
      kept.push_back(std::move(out.wanted[i]));
    } else {
      out.disputed.push_back({std::move(out.wanted[i]), std::move(reason->second)});
    }
  }
  out.wanted = std::move(kept);
}

/// Where a tree lies, say, is in dispute: then nothing of the resource can be made.
void spread_from_inputs(Desired& out) {
  Reasons why;
  for (const Disputed& one : out.disputed) {
    if (!one.wanted.shape->input) continue;
    for (std::size_t i = 0; i < out.wanted.size(); ++i) {
      if (of_one_resource_and_effect(one.wanted, out.wanted[i])) why.emplace(i, one.why);
    }
  }
  dispute(std::move(why), out);
}

/// `absent` and any other attribute of one resource cannot both be.
void find_impossible(const Policy& policy, Desired& out) {
  Reasons why;
  const Wanted* gone = nullptr;
  for (const Wanted& wanted : out.wanted) {
    if (wanted.waiver != nullptr) continue;
    const bool same = gone != nullptr && gone->slot.family == wanted.slot.family &&
                      gone->slot.key == wanted.slot.key && gone->effect == wanted.effect;
    if (wanted.slot.attribute == "exists" && dsl::contains(wanted.allowed, Value(false))) {
      gone = &wanted;
      continue;
    }
    if (!same) continue;
    auto clash = dsl::problem(
        "P3004", wanted.sources.front().span,
        fmt::format("`{}` asserts `{}` of what `{}` wants absent",
                    policy.rules[wanted.sources.front().rule].name, dsl::to_text(wanted.slot),
                    policy.rules[gone->sources.front().rule].name),
        "asserted here");
    clash.related.push_back({gone->sources.front().span, "absent here"});
    for (const Wanted* one : {gone, &wanted})
      why.emplace(static_cast<std::size_t>(one - out.wanted.data()), clash);
    out.conflicts.push_back(std::move(clash));
  }
  dispute(std::move(why), out);
}

/// `exists` sorts before the other attributes of its resource, so that find_impossible meets it
/// first.
bool precedes(const Wanted& a, const Wanted& b) {
  if (const auto order = a.slot.family <=> b.slot.family; order != 0) return order < 0;
  if (const auto order = a.slot.key <=> b.slot.key; order != 0) return order < 0;
  const bool a_exists = a.slot.attribute == "exists", b_exists = b.slot.attribute == "exists";
  if (a_exists != b_exists) return a_exists;
  return std::tie(a.slot.attribute, a.slot.index) < std::tie(b.slot.attribute, b.slot.index);
}

}  // namespace

Desired evaluate(const Policy& policy, const Facts& facts) {
  Desired out;
  const Guards guards(policy, facts);
  out.rules = outcomes_of(policy, facts, guards, out.conflicts);
  for (const bool waived : {false, true}) {
    for (const dsl::Effect effect : {dsl::Effect::enforce, dsl::Effect::warn}) {
      Gathering gathering(policy, facts, out.rules);
      gathering.add_all(effect, waived);
      for (Gathered& gathered : gathering.slots) resolve(policy, gathered, effect, out);
    }
  }
  sort_in_place(out.wanted, precedes);
  find_impossible(policy, out);
  if (!out.disputed.empty()) spread_from_inputs(out);
  dsl::sort(out.conflicts);
  return out;
}

}  // namespace gopol::engine
