#include "engine/diff/scope.h"

#include <algorithm>
#include <vector>

#include "engine/diff/cells.h"

namespace gopol::engine {
namespace {

using dsl::Guard;

constexpr std::size_t most_kinds = 1U << 16U;  // of machines, looked at one by one

/// Two conditions over one set of facts.
class ScopeComparison {
 public:
  ScopeComparison(const Condition& was, const Condition& is) : was_(was), is_(is) {
    collect(was.guard, was.policy);
    collect(is.guard, is.policy);
  }

  ScopeChange result() {
    std::size_t kinds = 1;
    for (Cells& cells : facts_) {
      if (!cells.cut()) return ScopeChange::undecided;
      kinds *= cells.count();
      if (kinds > most_kinds) return ScopeChange::undecided;
    }
    at_.assign(facts_.size(), 0);
    bool came = false, went = false;
    do {
      const bool before = evaluate(was_.guard, was_.policy) == Truth::yes;
      const bool now = evaluate(is_.guard, is_.policy) == Truth::yes;
      came = came || (now && !before);
      went = went || (before && !now);
    } while (advance());
    if (came) return went ? ScopeChange::other : ScopeChange::wider;
    return went ? ScopeChange::narrower : ScopeChange::same;
  }

 private:
  std::size_t place_of(const Slot& fact, std::optional<std::uint32_t> element) const {
    const auto at = std::find_if(facts_.begin(), facts_.end(),
                                 [&](const Cells& cells) { return cells.is_of(fact, element); });
    return static_cast<std::size_t>(at - facts_.begin());
  }

  void collect(const Guard& guard, const dsl::Policy& policy) {
    if (guard.kind == Guard::Kind::shared) return collect(policy.guards[guard.shared], policy);
    for (const Guard& part : guard.parts) collect(part, policy);
    if (guard.kind != Guard::Kind::atom) return;
    const Slot& fact = policy.facts[guard.atom.fact];
    const std::size_t at = place_of(fact, guard.atom.element);
    if (at == facts_.size()) facts_.emplace_back(fact, guard.atom.element);
    facts_[at].add(guard.atom);
  }

  /// The next kind of machine; false after the last.
  bool advance() {
    for (std::size_t i = 0; i < at_.size(); ++i) {
      if (++at_[i] < facts_[i].count()) return true;
      at_[i] = 0;
    }
    return false;
  }

  Truth evaluate(const Guard& guard, const dsl::Policy& policy) const {
    Truth out = Truth::yes;
    switch (guard.kind) {
      case Guard::Kind::always: return out;
      case Guard::Kind::shared: return evaluate(policy.guards[guard.shared], policy);
      case Guard::Kind::negation: {
        const Truth inner = evaluate(guard.parts.front(), policy);
        if (inner == Truth::unknown) return inner;
        return inner == Truth::yes ? Truth::no : Truth::yes;
      }
      case Guard::Kind::atom: {
        const std::size_t at = place_of(policy.facts[guard.atom.fact], guard.atom.element);
        return facts_[at].judge(guard.atom, at_[at]);
      }
      case Guard::Kind::all:
        for (const Guard& part : guard.parts) out = std::min(out, evaluate(part, policy));
        return out;
      case Guard::Kind::any:
        out = Truth::no;
        for (const Guard& part : guard.parts) out = std::max(out, evaluate(part, policy));
        return out;
    }
    return out;
  }

  const Condition& was_;
  const Condition& is_;
  std::vector<Cells> facts_;
  std::vector<std::size_t> at_;  ///< the kind of machine looked at: a cell of each fact
};

}  // namespace

ScopeChange compare_scopes(const Condition& was, const Condition& is) {
  return ScopeComparison(was, is).result();
}

}  // namespace gopol::engine
