#include "dsl/lint/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "dsl/lint/atoms.h"
#include "dsl/lint/lint.h"
#include "dsl/syntax/views.h"

namespace gopol::dsl::lint {
namespace {

using Test = Atom::Test;

const AttributeSchema* shape_of(const Slot& slot, const Schemas& schemas) {
  const Schema* family = schemas.find(slot.family);
  return family == nullptr ? nullptr : find_attribute(*family, slot.attribute);
}

/// For each fact of the policy, whether `is_such(slot, shape)`.
template <class Test>
std::vector<bool> facts_that(const Subject& subject, const Test& is_such) {
  std::vector<bool> out;
  for (const Slot& slot : subject.policy.facts)
    out.push_back(is_such(slot, shape_of(slot, subject.schemas)));
  return out;
}

/// The fact that `is present`, or its opposite, asks about.
std::optional<std::uint32_t> presence_in(const Guard& guard) {
  const bool negated = guard.kind == Guard::Kind::negation;
  const Guard& inner = negated ? guard.parts.front() : guard;
  const bool is = inner.kind == Guard::Kind::atom && inner.atom.test == Test::present;
  return is ? std::optional(inner.atom.fact) : std::nullopt;
}

/// Facts whose presence the parts of a condition ask about. Every set is made once: a profile's
/// condition belongs to all of its rules.
class Presence {
 public:
  explicit Presence(const Policy& policy) {
    for (const Guard& guard : policy.guards) {
      Asked& asked = shared_.emplace_back();
      for_each_part(guard, [&](const Guard& part) {
        if (const auto fact = presence_in(part)) asked.facts.insert(*fact);
        if (part.kind == Guard::Kind::shared) asked.within.push_back(part.shared);
      });
    }
  }

  void enter(const Guard& guard) { count(guard, 1); }
  void leave(const Guard& guard) { count(guard, -1); }

  bool is_asked(std::uint32_t fact) const {
    const auto at = open_.find(fact);
    if (at != open_.end() && at->second > 0) return true;
    return std::any_of(open_shared_.begin(), open_shared_.end(),
                       [&](std::uint32_t shared) { return is_asked_in(shared, fact); });
  }

 private:
  template <class Each>
  static void for_each_part(const Guard& guard, const Each& each) {
    if (guard.kind != Guard::Kind::all && guard.kind != Guard::Kind::any) return each(guard);
    for (const Guard& part : guard.parts) each(part);
  }

  void count(const Guard& guard, int by) {
    for_each_part(guard, [&](const Guard& part) {
      if (const auto fact = presence_in(part)) open_[*fact] += by;
      if (part.kind != Guard::Kind::shared) return;
      if (by > 0) {
        open_shared_.push_back(part.shared);
      } else {
        open_shared_.pop_back();
      }
    });
  }

  bool is_asked_in(std::uint32_t shared, std::uint32_t fact) const {
    const Asked& asked = shared_[shared];
    return asked.facts.contains(fact) ||
           std::any_of(asked.within.begin(), asked.within.end(),
                       [&](std::uint32_t inner) { return is_asked_in(inner, fact); });
  }

  struct Asked {
    std::unordered_set<std::uint32_t> facts;
    std::vector<std::uint32_t> within;  ///< conditions of profiles that are parts of this one
  };
  std::vector<Asked> shared_;  ///< of each of the policy's guards
  std::unordered_map<std::uint32_t, int> open_;
  std::vector<std::uint32_t> open_shared_;
};

/// Conditions that hold of an absent fact because they say `!=` or `not in`.
class Unequal {
 public:
  Unequal(const Policy& policy, const std::vector<bool>& optional, Diagnostics& out)
      : policy_(policy), optional_(optional), presence_(policy), out_(out) {}

  void look(const Guard& guard) {
    if (guard.kind == Guard::Kind::negation) return report(guard);
    presence_.enter(guard);
    for (const Guard& part : guard.parts) look(part);
    presence_.leave(guard);
  }

 private:
  void report(const Guard& guard) {
    const Guard& inner = guard.parts.front();
    const bool several = inner.kind == Guard::Kind::any && !inner.parts.empty();
    const Guard& first = several ? inner.parts.front() : inner;
    const Atom& atom = first.atom;
    const bool compares =
        first.kind == Guard::Kind::atom &&
        (atom.test == Test::equal || atom.test == Test::in || atom.test == Test::matches);
    if (!compares || !optional_[atom.fact] || presence_.is_asked(atom.fact)) return;
    const std::string name = to_text(policy_.facts[atom.fact]);
    out_.push_back(finding(
        guard.span, fmt::format("`{}` may be absent, and then this holds", name),
        "absent is unequal to all",
        fmt::format("write `{0} is present and ...`, or `{0} is absent or ...` if it shall hold",
                    name)));
  }

  const Policy& policy_;
  const std::vector<bool>& optional_;
  Presence presence_;
  Diagnostics& out_;
};

/// For each condition, the first of the marked facts that can make it unknown; those whose `is
/// known` it asks too cannot. A profile's condition is looked at once.
class FirstRead {
 public:
  FirstRead(const Policy& policy, const std::vector<bool>& marked) : marked_(marked) {
    for (const Guard& guard : policy.guards) shared_.push_back(in(guard));
  }

  std::optional<std::uint32_t> in(const Guard& guard) const {
    std::unordered_set<std::uint32_t> asked;
    for_all_atoms(guard, [&](const Atom& atom, SourceSpan) {
      if (atom.test == Test::known) asked.insert(atom.fact);
    });
    return find(guard, asked);
  }

 private:
  std::optional<std::uint32_t> find(const Guard& guard,
                                    const std::unordered_set<std::uint32_t>& asked) const {
    if (guard.kind == Guard::Kind::shared) return shared_[guard.shared];
    const std::uint32_t fact = guard.atom.fact;
    if (guard.kind == Guard::Kind::atom && marked_[fact] && !asked.contains(fact)) return fact;
    for (const Guard& part : guard.parts) {
      if (const auto found = find(part, asked)) return found;
    }
    return {};
  }

  const std::vector<bool>& marked_;
  std::vector<std::optional<std::uint32_t>> shared_;
};

using Place = std::pair<std::uint32_t, std::uint32_t>;

/// Where rules and overrides stand that say what to do about what is unknown.
std::set<Place> outspoken(const Program& program) {
  std::set<Place> out;
  for (const Module& module : program.modules) {
    for (std::uint32_t at = 0; at < module.tree->nodes.size(); ++at) {
      const View view(*module.tree, at);
      if (!view.as<Rule>() && !view.as<Override>()) continue;
      if (!view.first<OnUnknown>()) continue;
      const auto rule = view.as<Rule>();
      const SourceSpan name = rule ? rule.name().span : view.as<Override>().target().span();
      out.insert({name.source.index, name.begin});
    }
  }
  return out;
}

}  // namespace

Diagnostics unequal_to_absent(const Subject& subject) {
  const auto optional = facts_that(subject, [](const Slot& slot, const AttributeSchema* shape) {
    return slot.family == "label" || (shape != nullptr && shape->optional);
  });
  Diagnostics out;
  Unequal unequal(subject.policy, optional, out);
  for_all_guards(subject.policy, [&](const Guard& guard) { unequal.look(guard); });
  return out;
}

Diagnostics silently_unknown(const Subject& subject) {
  const auto unknowable = facts_that(subject, [](const Slot&, const AttributeSchema* shape) {
    return shape != nullptr && shape->unknowable;
  });
  const std::set<Place> says = outspoken(subject.program);
  const FirstRead first(subject.policy, unknowable);
  Diagnostics out;
  for (const Policy::Rule& rule : subject.policy.rules) {
    if (rule.effect != Effect::enforce) continue;
    if (says.contains({rule.span.source.index, rule.span.begin})) continue;
    const auto fact = first.in(rule.guard);
    if (!fact) continue;
    out.push_back(finding(rule.span,
                          fmt::format("where `{}` is unknown, `{}` does nothing",
                                      to_text(subject.policy.facts[*fact]), rule.name),
                          "left alone there",
                          "say so: `on unknown skip`, `on unknown warn` or `on unknown fail`"));
  }
  return out;
}

}  // namespace gopol::dsl::lint
