#include "engine/diff/one_rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "engine/diff/scope.h"
#include "engine/diff/strength.h"
#include "engine/plan/disclosure.h"
#include "engine/plan/interpolation.h"

namespace gopol::engine {
namespace {

using dsl::Assertion;
using dsl::Effect;
using dsl::Waiver;

std::string_view word(Effect effect) { return effect == Effect::enforce ? "enforce" : "warn"; }

std::string_view word(dsl::UnknownAction action) {
  switch (action) {
    case dsl::UnknownAction::skip: return "skip";
    case dsl::UnknownAction::warn: return "warn";
    case dsl::UnknownAction::fail: return "fail";
  }
  return "skip";
}

std::string value_of(const Assertion& assertion) {
  return (assertion.is_default ? "default " : "") +
         as_written(dsl::to_text(shown(assertion.slot, assertion.allowed)));
}

class RuleComparison {
 public:
  RuleComparison(const RuleOf& was, const RuleOf& is) : was_(was), is_(is) {}

  std::vector<Difference> result() {
    severity();
    scope();
    assertions();
    waivers();
    ordered("on unknown", word(was_.rule.on_unknown), word(is_.rule.on_unknown),
            was_.rule.on_unknown <=> is_.rule.on_unknown);
    ordered("sealed", was_.rule.sealed ? "yes" : "no", is_.rule.sealed ? "yes" : "no",
            was_.rule.sealed <=> is_.rule.sealed);
    texts();
    return std::move(out_);
  }

 private:
  void add(Aspect aspect, std::string what, std::string from, std::string to, Direction direction) {
    out_.push_back({aspect, std::move(what), std::move(from), std::move(to), direction});
  }

  void ordered(std::string what, std::string_view from, std::string_view to,
               std::strong_ordering place) {
    if (place == 0) return;
    add(Aspect::other, std::move(what), std::string(from), std::string(to),
        place < 0 ? Direction::stronger : Direction::weaker);
  }

  void severity() {
    const Effect was = was_.rule.effect, is = is_.rule.effect;
    if (was == is) return;
    add(Aspect::other, "severity", std::string(word(was)), std::string(word(is)),
        is == Effect::enforce ? Direction::stronger : Direction::weaker);
  }

  void scope() {
    const auto change =
        compare_scopes({was_.rule.guard, was_.policy}, {is_.rule.guard, is_.policy});
    switch (change) {
      case ScopeChange::same: return;
      case ScopeChange::wider:
        return add(Aspect::scope, "applies", "", "to more machines", Direction::stronger);
      case ScopeChange::narrower:
        return add(Aspect::scope, "applies", "", "to fewer machines", Direction::weaker);
      case ScopeChange::other:
        return add(Aspect::scope, "applies", "", "to other machines", Direction::other);
      case ScopeChange::undecided:
        return add(Aspect::scope, "applies", "", "perhaps elsewhere: too many facts to tell",
                   Direction::other);
    }
  }

  void assertions() {
    const auto was = by_slot(was_.rule), is = by_slot(is_.rule);
    for (const Assertion& one : is_.rule.assertions) {
      const auto before = was.find(one.slot);
      if (before == was.end()) {
        add(Aspect::slot, as_written(dsl::to_text(one.slot)), "", value_of(one),
            Direction::stronger);
      } else {
        assertion(*before->second, one);
      }
    }
    for (const Assertion& one : was_.rule.assertions) {
      if (!is.contains(one.slot))
        add(Aspect::slot, as_written(dsl::to_text(one.slot)), value_of(one), "", Direction::weaker);
    }
  }

  void assertion(const Assertion& was, const Assertion& is) {
    const std::string name = as_written(dsl::to_text(is.slot));
    switch (compare_values(was.allowed, is.allowed)) {
      case Strength::same: break;
      case Strength::stronger:
        return add(Aspect::slot, name, value_of(was), value_of(is), Direction::stronger);
      case Strength::weaker:
        return add(Aspect::slot, name, value_of(was), value_of(is), Direction::weaker);
      case Strength::other:
        return add(Aspect::slot, name, value_of(was), value_of(is), Direction::other);
    }
    if (was.is_default == is.is_default) return;
    add(Aspect::slot, name, value_of(was), value_of(is),
        was.is_default ? Direction::stronger : Direction::weaker);
  }

  using BySlot = std::unordered_map<dsl::Slot, const Assertion*, dsl::SlotHash>;

  static BySlot by_slot(const dsl::Policy::Rule& rule) {
    BySlot out;
    for (const Assertion& one : rule.assertions) out.emplace(one.slot, &one);
    return out;
  }

  /// Waivers have no name: the first with the first.
  void waivers() {
    const auto& was = was_.rule.waivers;
    const auto& is = is_.rule.waivers;
    for (std::size_t i = 0; i < std::max(was.size(), is.size()); ++i) {
      const std::string before = i < was.size() ? until(was[i]) : "";
      const std::string now = i < is.size() ? until(is[i]) : "";
      if (i >= was.size()) {
        add(Aspect::waiver, "waiver", "", now, Direction::weaker);
      } else if (i >= is.size()) {
        add(Aspect::waiver, "waiver", before, "", Direction::stronger);
      } else {
        waiver(was[i], is[i]);
      }
    }
  }

  void waiver(const Waiver& was, const Waiver& is) {
    if (was.until != is.until) {
      return add(Aspect::waiver, "waiver", until(was), until(is),
                 was.until < is.until ? Direction::weaker : Direction::stronger);
    }
    switch (compare_scopes({was.guard, was_.policy}, {is.guard, is_.policy})) {
      case ScopeChange::same: return;
      case ScopeChange::wider:
        return add(Aspect::waiver, "waiver", "", "of more machines", Direction::weaker);
      case ScopeChange::narrower:
        return add(Aspect::waiver, "waiver", "", "of fewer machines", Direction::stronger);
      default: return add(Aspect::waiver, "waiver", "", "of other machines", Direction::other);
    }
  }

  static std::string until(const Waiver& waiver) {
    return fmt::format("until {}", dsl::to_text(waiver.until));
  }

  void texts() {
    const auto text = [&](const char* what, dsl::Name was, dsl::Name is) {
      if (was != is) add(Aspect::text, what, was, is, Direction::none);
    };
    text("because", was_.rule.because, is_.rule.because);
    text("owner", was_.rule.owner, is_.rule.owner);
  }

  const RuleOf& was_;
  const RuleOf& is_;
  std::vector<Difference> out_;
};

}  // namespace

std::vector<Difference> compare_rule(const RuleOf& was, const RuleOf& is) {
  return RuleComparison(was, is).result();
}

bool same_but_for_name(const RuleOf& was, const RuleOf& is) {
  if (was.rule.replaces.has_value() != is.rule.replaces.has_value()) return false;
  return compare_rule(was, is).empty();
}

std::vector<Difference> differences_of_whole(const dsl::Policy::Rule& rule, Direction direction) {
  std::vector<Difference> out;
  for (const Assertion& one : rule.assertions) {
    Difference difference{Aspect::slot, as_written(dsl::to_text(one.slot)), "", "", direction};
    (direction == Direction::weaker ? difference.from : difference.to) = value_of(one);
    out.push_back(std::move(difference));
  }
  return out;
}

}  // namespace gopol::engine
