#include "engine/diff/rules.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/diff/claims.h"
#include "engine/diff/one_rule.h"
#include "engine/diff/scope.h"

namespace gopol::engine {
namespace {

using dsl::Policy;
using Kind = RuleChange::Kind;

/// A rule by name; overrides of one rule by their order.
using Key = std::tuple<dsl::Name, bool, std::size_t>;

std::map<Key, const Policy::Rule*> by_key(const Policy& policy) {
  std::map<Key, const Policy::Rule*> out;
  for (const Policy::Rule& rule : policy.rules) {
    Key key{rule.name, rule.replaces.has_value(), 0};
    while (!out.emplace(key, &rule).second) ++std::get<2>(key);
  }
  return out;
}

dsl::Name shown(const Policy::Rule& rule) {
  return rule.replaces ? dsl::Name(rule.name + " (override)") : rule.name;
}

class PolicyComparison {
 public:
  PolicyComparison(const Policy& was, const Policy& is) : was_(was), is_(is) {}

  std::vector<RuleChange> result() {
    const auto old = by_key(was_), fresh = by_key(is_);
    std::map<const Policy::Rule*, const Policy::Rule*> before;
    for (const auto& [key, rule] : fresh) {
      const auto at = old.find(key);
      if (at == old.end()) {
        added_.push_back(rule);
      } else {
        before[rule] = at->second;
      }
    }
    for (const auto& [key, rule] : old) {
      if (!fresh.contains(key)) removed_.push_back(rule);
    }
    find_renamed(before);
    for (const Policy::Rule& rule : is_.rules) look_at(rule, before);
    sort_by_place(removed_);
    for (const Policy::Rule* rule : removed_)
      add(Kind::removed, *rule, differences_of_whole(*rule, Direction::weaker));
    return std::move(out_);
  }

 private:
  static std::vector<dsl::Slot> slots_of(const Policy::Rule& rule) {
    std::vector<dsl::Slot> out;
    for (const dsl::Assertion& one : rule.assertions) out.push_back(one.slot);
    return out;
  }

  /// What is the same but for its name; looked for among rules of the same slots.
  void find_renamed(std::map<const Policy::Rule*, const Policy::Rule*>& before) {
    std::multimap<std::vector<dsl::Slot>, const Policy::Rule*> gone;
    for (const Policy::Rule* rule : removed_) gone.emplace(slots_of(*rule), rule);
    for (const Policy::Rule* rule : added_) {
      const auto [begin, end] = gone.equal_range(slots_of(*rule));
      const auto twin = std::find_if(begin, end, [&](const auto& other) {
        return same_but_for_name({*other.second, was_}, {*rule, is_});
      });
      if (twin == end) continue;
      before[rule] = twin->second;
      gone.erase(twin);
    }
    removed_.clear();
    for (const auto& [slots, rule] : gone) removed_.push_back(rule);
  }

  void look_at(const Policy::Rule& rule,
               const std::map<const Policy::Rule*, const Policy::Rule*>& before) {
    const auto at = before.find(&rule);
    if (at == before.end())
      return add(Kind::added, rule, differences_of_whole(rule, Direction::stronger));
    auto differences = compare_rule({*at->second, was_}, {rule, is_});
    const bool renamed = at->second->name != rule.name;
    if (!renamed && differences.empty()) return;
    add(renamed ? Kind::renamed : Kind::changed, rule, std::move(differences));
    if (renamed) out_.back().was = shown(*at->second);
  }

  void add(Kind kind, const Policy::Rule& rule, std::vector<Difference> differences) {
    RuleChange change;
    change.kind = kind;
    change.name = shown(rule);
    change.enforced = rule.effect == dsl::Effect::enforce;
    change.differences = std::move(differences);
    change.place = rule.span;
    out_.push_back(std::move(change));
  }

  static void sort_by_place(std::vector<const Policy::Rule*>& rules) {
    std::sort(rules.begin(), rules.end(), [](const auto* a, const auto* b) {
      return std::tuple(a->span.source.index, a->span.begin) <
             std::tuple(b->span.source.index, b->span.begin);
    });
  }

  const Policy& was_;
  const Policy& is_;
  std::vector<const Policy::Rule*> added_, removed_;
  std::vector<RuleChange> out_;
};

}  // namespace

std::vector<RuleChange> compare_rules(const Policy& was, const Policy& is) {
  std::vector<RuleChange> out = PolicyComparison(was, is).result();
  for (RuleChange& claim : compare_claims(was, is)) out.push_back(std::move(claim));
  return out;
}

Direction direction_of(const RuleChange& change) {
  if (change.kind == Kind::added) return Direction::stronger;
  if (change.kind == Kind::removed) return Direction::weaker;
  const auto has = [&](Direction direction) {
    return std::any_of(change.differences.begin(), change.differences.end(),
                       [&](const Difference& one) { return one.direction == direction; });
  };
  for (const Direction direction : {Direction::weaker, Direction::stronger, Direction::other})
    if (has(direction)) return direction;
  return Direction::none;
}

}  // namespace gopol::engine
