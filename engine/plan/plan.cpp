#include "engine/plan/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "engine/plan/given_back.h"
#include "engine/plan/items.h"
#include "engine/plan/set_aside.h"
#include "engine/plan/sort_in_place.h"

namespace gopol::engine {
namespace {

using dsl::Effect;
using dsl::Policy;

bool of_one_resource(const Slot& a, const Slot& b) {
  return a.family == b.family && a.key == b.key;
}

/// Past the wanted slots of the resource that `from` is of; they stand together.
std::size_t end_of_resource(const std::vector<Wanted>& wanted, std::size_t from) {
  std::size_t to = from;
  while (to < wanted.size() && of_one_resource(wanted[from].slot, wanted[to].slot)) ++to;
  return to;
}

/// Only of a version range does a provider know more than its rule says.
bool leaves_choice(const Wanted& wanted) {
  return wanted.shape->type.kind == dsl::TypeKind::version;
}

/// Changes grouped by resource and rule, so that one file is written once. Items come in the order
/// of what is wanted, which is sorted: all of one resource after each other.
class Grouping {
 public:
  explicit Grouping(const Desired& desired) : wanted_(desired.wanted) {}

  /// An item in conflict stands in the order by itself, so that what waits for it is found.
  void add_stand_in(std::uint32_t item_index, const Item& item, Plan& plan) {
    PlannedChange planned;
    planned.change.family = item.slot.family;
    planned.change.key = item.slot.key;
    planned.rule = item.rule;
    planned.items.push_back(item_index);
    plan.changes.push_back(std::move(planned));
    ranges_.emplace_back(0, 0);
  }

  void add(std::uint32_t item_index, const Item& item, Plan& plan) {
    if (to_ == 0 || !of_one_resource(wanted_[from_].slot, item.slot)) go_to(item.slot);
    PlannedChange& planned = plan.changes[change_of(item, plan)];
    planned.items.push_back(item_index);
    planned.change.assignments.push_back({item.slot, item.current, item.target, item.allowed});
  }

  /// Every change learns what else is wanted of its resource; before they are put into any order.
  void complete(const Facts& facts, Plan& plan) const {
    for (std::size_t i = 0; i < plan.changes.size(); ++i) {
      for (std::size_t at = ranges_[i].first; at != ranges_[i].second; ++at) {
        const Wanted& one = wanted_[at];
        if (one.effect != Effect::enforce || !one.held_back.empty()) continue;
        const Value& current = facts.value(one.slot);
        auto target = dsl::choose(one.allowed, current, one.shape->type, one.shape->preference);
        if (!target && !leaves_choice(one)) continue;  // P3013: nobody writes it
        plan.changes[i].change.wanted.push_back(
            {one.slot, current, target ? std::move(*target) : open_choice(), one.allowed});
      }
    }
  }

 private:
  void go_to(const Slot& slot) {
    open_.clear();
    from_ = to_;
    while (!of_one_resource(wanted_[from_].slot, slot)) from_ = end_of_resource(wanted_, from_);
    to_ = end_of_resource(wanted_, from_);
  }

  /// The change of the item's rule to the resource at hand; made if there is none.
  std::size_t change_of(const Item& item, Plan& plan) {
    for (const auto& [rule, index] : open_) {
      if (rule == item.rule) return index;
    }
    PlannedChange planned;
    planned.change.family = item.slot.family;
    planned.change.key = item.slot.key;
    planned.rule = item.rule;
    plan.changes.push_back(std::move(planned));
    ranges_.emplace_back(from_, to_);
    open_.emplace_back(item.rule, plan.changes.size() - 1);
    return plan.changes.size() - 1;
  }

  const std::vector<Wanted>& wanted_;
  std::size_t from_ = 0, to_ = 0;  ///< the wanted slots of the resource at hand
  std::vector<std::pair<std::uint32_t, std::size_t>> open_;  ///< its changes, by rule
  std::vector<std::pair<std::size_t, std::size_t>> ranges_;  ///< of each change's resource
};

/// P3013: values are allowed, but none that could be written.
void require_choice(const Wanted& wanted, Item& item, dsl::Diagnostics& problems) {
  const bool open = item.state == ItemState::change && item.target.is_unknown();
  if (!open || leaves_choice(wanted)) return;
  problems.push_back(dsl::problem("P3013", item.place,
                                  fmt::format("nothing can be chosen for `{}`: it must be {}",
                                              dsl::to_text(item.slot), dsl::to_text(item.allowed)),
                                  "nothing to write", "assert one value with `=`"));
  item.state = ItemState::conflict;
  item.why = {problems.back()};
}

void add_items(const Policy& policy, const Desired& desired, const Facts& facts, const Past& past,
               Plan& plan) {
  plan.items.reserve(desired.wanted.size());
  for (const Wanted& wanted : desired.wanted) {
    if (wanted.shape->input) continue;
    plan.items.push_back(item_for(wanted, policy, facts, past));
    require_choice(wanted, plan.items.back(), plan.problems);
  }
  for (const Disputed& one : desired.disputed) plan.items.push_back(item_for_disputed(one, facts));
  if (!desired.disputed.empty()) {
    std::stable_sort(plan.items.begin(), plan.items.end(),
                     [](const Item& a, const Item& b) { return a.slot < b.slot; });
  }
  for (std::uint32_t i = 0; i < desired.rules.size(); ++i) {
    if (desired.rules[i].status != RuleStatus::unknown) continue;
    if (policy.rules[i].on_unknown == dsl::UnknownAction::skip &&
        policy.rules[i].effect == Effect::warn && policy.rules[i].assertions.empty()) {
      continue;
    }
    plan.items.push_back(item_for_unknown_rule(i, desired.rules[i], policy, facts));
  }
}

/// What waits for itself: the rules of the circle contradict each other, the rest waits for them.
void mark_left_out(const Order& ordered, const Policy& policy, Plan& plan) {
  for (const std::uint32_t index : ordered.left_out) {
    const PlannedChange& planned = plan.changes[index];
    if (plan.items[planned.items.front()].state == ItemState::conflict) continue;
    const auto& rules = ordered.rules;
    const bool on_it = rules.empty() || std::count(rules.begin(), rules.end(), planned.rule) > 0;
    if (on_it) {
      mark(plan, planned, ItemState::conflict, ordered.circle);
      continue;
    }
    mark(plan, planned, ItemState::blocked, {});
    for (const std::uint32_t item : planned.items)
      plan.items[item].reason = fmt::format("waits for rules that wait for each other, `{}` first",
                                            policy.rules[rules.front()].name);
  }
}

/// Fills the stages; what is in conflict leaves the plan's changes, and so does what waits for it.
Result<Done> put_in_order(const Policy& policy, const dsl::Schemas& schemas, const Desired& desired,
                          Plan& plan) {
  std::vector<Ruled> ruled;
  for (const PlannedChange& planned : plan.changes)
    ruled.push_back({&planned.change, planned.rule});
  std::vector<bool> applies;
  for (const RuleOutcome& outcome : desired.rules)
    applies.push_back(outcome.status == RuleStatus::applies);
  auto ordered = order(ruled, policy, schemas, applies);
  if (!ordered) return ordered.error();
  plan.stages = std::move(ordered->stages);
  plan.problems.insert(plan.problems.end(), ordered->circle.begin(), ordered->circle.end());
  mark_left_out(*ordered, policy, plan);
  std::vector<bool> impossible;
  for (const PlannedChange& planned : plan.changes)
    impossible.push_back(plan.items[planned.items.front()].state != ItemState::change);
  set_aside(plan, impossible);
  return Done{};
}

}  // namespace

std::vector<Wish> wishes_of(const Desired& desired) {
  std::vector<Wish> out;
  out.reserve(desired.wanted.size());
  const auto& wanted = desired.wanted;
  for (std::size_t from = 0, to = 0; from < wanted.size(); from = to) {
    to = end_of_resource(wanted, from);
    const auto begin = wanted.begin() + static_cast<std::ptrdiff_t>(from),
               end = wanted.begin() + static_cast<std::ptrdiff_t>(to);
    // A `warn` rule must not decide where an `enforce` rule looks.
    const bool enforced =
        std::any_of(begin, end, [](const Wanted& one) { return one.effect == Effect::enforce; });
    for (auto at = begin; at != end; ++at) {
      if (!at->shape->input) {
        out.push_back({at->slot, {}, false});
        continue;
      }
      const bool overruled = at->effect == Effect::warn && enforced;
      if (overruled || !at->held_back.empty() || !at->allowed.one_of) continue;
      out.push_back({at->slot, at->allowed.one_of->front(), true});
    }
  }
  for (const Disputed& one : desired.disputed) {
    if (!one.wanted.shape->input) out.push_back({one.wanted.slot, {}, false});
  }
  return out;
}

Result<Plan> make_plan(const Policy& policy, const dsl::Schemas& schemas, const Desired& desired,
                       const Facts& facts, const Past& past) {
  Plan plan;
  plan.problems = desired.conflicts;
  add_items(policy, desired, facts, past, plan);
  add_unasked(unasked(policy, schemas, desired, facts, past), facts, past, plan);
  Grouping grouping(desired);
  for (std::uint32_t i = 0; i < plan.items.size(); ++i) {
    const Item& item = plan.items[i];
    if (item.state == ItemState::change && item.rule != no_rule) grouping.add(i, item, plan);
    if (item.state == ItemState::conflict) grouping.add_stand_in(i, item, plan);
  }
  grouping.complete(facts, plan);
  sort_in_place(plan.changes,
                [](const PlannedChange& a, const PlannedChange& b) { return a.rule < b.rule; });
  if (auto ordered = put_in_order(policy, schemas, desired, plan); !ordered) return ordered.error();
  plan.claims = judge(policy, facts, desired, plan.items);
  return plan;
}

namespace {

/// Who writes a path, and whether all of it.
struct Writer {
  std::size_t change;  ///< of the plan's
  bool whole;
};

dsl::Diagnostic hidden_effect(const Path& path, const Writer& a, const Writer& b,
                              const Plan& plan) {
  const Writer& whole = a.whole ? a : b;
  const Writer& part = a.whole ? b : a;
  const auto name = [&](const Writer& writer) {
    return name_of(plan.changes[writer.change].change);
  };
  const auto place = [&](const Writer& writer) {
    return plan.items[plan.changes[writer.change].items.front()].place;
  };
  auto out =
      dsl::problem("P3012", place(whole),
                   fmt::format("`{}` replaces the whole of {}, which `{}` also changes",
                               name(whole), path.text, name(part)),
                   "replaces the whole file", "let one rule own the file, or only its parts");
  out.related.push_back({place(part), "changes a part of it"});
  return out;
}

/// P3012: neither of two such changes is made.
void find_hidden_effects(Plan& plan, std::vector<bool>& impossible) {
  std::map<std::string, Writer> writers;
  for (std::size_t i = 0; i < plan.changes.size(); ++i) {
    for (const Prepared::Write& write : plan.changes[i].prepared.all_writes()) {
      const Writer mine{i, write.whole};
      const auto [at, is_first] = writers.emplace(write.path.text, mine);
      if (is_first || at->second.change == i || !(write.whole || at->second.whole)) continue;
      const auto why = hidden_effect(write.path, at->second, mine, plan);
      for (const std::size_t change : {at->second.change, i}) {
        mark(plan, plan.changes[change], ItemState::conflict, {why});
        impossible[change] = true;
      }
      plan.problems.push_back(why);
    }
  }
}

/// What the provider says of a change, in its items; false: it cannot say how.
bool prepare_one(PlannedChange& planned, const Policy& policy, const Provider& provider,
                 const Host& host, Plan& plan) {
  auto prepared = provider.prepare(planned.change, host);
  if (!prepared) {
    mark(plan, planned, ItemState::failed, prepared.error());
    for (dsl::Diagnostic error : prepared.error()) {
      if (!error.primary) error.primary = dsl::Label{plan.items[planned.items.front()].place, ""};
      error.message = fmt::format("{} (rule `{}`)", error.message, policy.rules[planned.rule].name);
      plan.problems.push_back(std::move(error));
    }
    return false;
  }
  planned.prepared = std::move(*prepared);
  for (const std::uint32_t index : planned.items)
    plan.items[index].demands = planned.prepared.demands;
  plan.items[planned.items.front()].note = planned.prepared.note;
  return true;
}

}  // namespace

bool prepare(Plan& plan, const Policy& policy, const Providers& providers, const Host& host) {
  const std::size_t known = plan.problems.size();
  std::vector<bool> impossible(plan.changes.size());
  for (std::size_t i = 0; i < plan.changes.size(); ++i) {
    PlannedChange& planned = plan.changes[i];
    const Provider* provider = provider_of(providers, planned.change.family);
    impossible[i] = !prepare_one(planned, policy, *provider, host, plan);
  }
  find_hidden_effects(plan, impossible);
  set_aside(plan, impossible);
  return plan.problems.size() > known;
}

}  // namespace gopol::engine
