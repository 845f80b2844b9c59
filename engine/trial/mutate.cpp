#include "engine/trial/mutate.h"

#include <fmt/format.h>

#include <utility>

#include "engine/plan/interpolation.h"

namespace gopol::engine {
namespace {

using dsl::Atom;
using dsl::Guard;
using dsl::Policy;
using dsl::Value;
using Test = dsl::Atom::Test;

/// How to find one guard of a policy again in a copy of it.
using FindGuard = std::function<Guard&(Policy&)>;

/// A value of the same type that is not this one; nothing if there is none to think of.
std::optional<Value> other_value(const Value& value) {
  if (const auto* flag = value.as<bool>()) return Value(!*flag);
  if (const auto* number = value.as<std::int64_t>()) return Value(*number + 1);
  if (const auto* text = value.as<std::string>()) return Value(*text + "~");
  if (const auto* path = value.as<dsl::Path>()) return Value(dsl::Path(path->text + "~"));
  if (const auto* list = value.as<dsl::List>()) {
    dsl::List out = *list;
    if (out.items.empty()) {
      out.items.emplace_back("~");
    } else {
      out.items.pop_back();
    }
    return Value(std::move(out));
  }
  if (const auto* set = value.as<dsl::Set>()) {
    dsl::Set out = *set;
    if (out.items.empty()) {
      out.items.emplace_back("~");
    } else {
      out.items.pop_back();
    }
    return Value(std::move(out));
  }
  if (const auto* chain = value.as<dsl::Chain>()) {
    dsl::Chain out = *chain;
    if (out.links.size() < 2) return {};
    out.links.pop_back();
    return Value(std::move(out));
  }
  if (const auto* version = value.as<dsl::Version>())
    return Value(dsl::Version{version->text + "9", version->scheme});
  return {};
}

std::optional<Test> other_bound(Test test) {
  switch (test) {
    case Test::less: return Test::less_equal;
    case Test::less_equal: return Test::less;
    case Test::greater: return Test::greater_equal;
    case Test::greater_equal: return Test::greater;
    default: return {};
  }
}

class Mutator {
 public:
  explicit Mutator(const Policy& policy) : policy_(policy) {}

  std::vector<Mutation> all() {
    for (std::uint32_t i = 0; i < policy_.guards.size(); ++i) {
      guard(policy_.guards[i], [i](Policy& other) -> Guard& { return other.guards[i]; });
    }
    for (std::uint32_t i = 0; i < policy_.rules.size(); ++i) rule(i);
    for (std::uint32_t i = 0; i < policy_.claims.size(); ++i) {
      guard(policy_.claims[i].when, [i](Policy& other) -> Guard& { return other.claims[i].when; });
      guard(policy_.claims[i].that, [i](Policy& other) -> Guard& { return other.claims[i].that; });
    }
    return std::move(out_);
  }

 private:
  void add(dsl::SourceSpan span, std::string what, std::function<void(Policy&)> apply) {
    out_.push_back({span, std::move(what), std::move(apply)});
  }

  void rule(std::uint32_t index) {
    const auto& rule = policy_.rules[index];
    const bool enforce = rule.effect == dsl::Effect::enforce;
    add(rule.span, enforce ? "`enforce` becomes `warn`" : "`warn` becomes `enforce`",
        [index, enforce](Policy& other) {
          other.rules[index].effect = enforce ? dsl::Effect::warn : dsl::Effect::enforce;
        });
    guard(rule.guard, [index](Policy& other) -> Guard& { return other.rules[index].guard; });
    for (std::uint32_t i = 0; i < rule.waivers.size(); ++i) {
      guard(rule.waivers[i].guard, [index, i](Policy& other) -> Guard& {
        return other.rules[index].waivers.edit()[i].guard;
      });
      add(rule.waivers[i].span, "the waiver goes away", [index, i](Policy& other) {
        other.rules[index].waivers.edit()[i].until = dsl::Date{1, 1, 1};
      });
    }
    for (std::uint32_t i = 0; i < rule.assertions.size(); ++i) assertion(index, i);
  }

  void guard(const Guard& guard, const FindGuard& find) {
    for (std::uint32_t i = 0; i < guard.parts.size(); ++i) {
      this->guard(guard.parts[i],
                  [find, i](Policy& other) -> Guard& { return find(other).parts.edit()[i]; });
    }
    if (guard.kind != Guard::Kind::atom) return;
    add(guard.span, "its opposite", [find](Policy& other) {
      Guard& at = find(other);
      Guard inner = at;
      at.kind = Guard::Kind::negation;
      at.parts = {std::move(inner)};
    });
    if (const auto test = other_bound(guard.atom.test)) {
      add(guard.span, "its bound counts the other way",
          [find, test](Policy& other) { find(other).atom.test = *test; });
    }
    if (guard.atom.range) bounds(guard, find);
  }

  void bounds(const Guard& guard, const FindGuard& find) {
    if (guard.atom.range->low) {
      add(guard.span, "its lower bound counts the other way", [find](Policy& other) {
        dsl::Bound& low = *find(other).atom.range->low;
        low.included = !low.included;
      });
    }
    if (guard.atom.range->high) {
      add(guard.span, "its upper bound counts the other way", [find](Policy& other) {
        dsl::Bound& high = *find(other).atom.range->high;
        high.included = !high.included;
      });
    }
  }

  void assertion(std::uint32_t rule, std::uint32_t index) {
    const auto& assertion = policy_.rules[rule].assertions[index];
    const std::string name = as_written(dsl::to_text(assertion.slot));
    const auto change = [&](std::string what, std::function<void(dsl::Allowed&)> edit) {
      add(assertion.span, fmt::format("{} {}", name, what),
          [rule, index, edit = std::move(edit)](Policy& other) {
            edit(other.rules[rule].assertions[index].allowed);
          });
    };
    add(assertion.span, name + " is not asserted", [rule, index](Policy& other) {
      auto& all = other.rules[rule].assertions;
      all.erase(all.begin() + static_cast<std::ptrdiff_t>(index));
    });
    const dsl::Allowed& allowed = assertion.allowed;
    if (allowed.one_of && allowed.one_of->size() == 1) {
      if (auto value = other_value(allowed.one_of->front())) {
        change("has another value", [value](dsl::Allowed& other) { other.one_of = {*value}; });
      }
    }
    if (allowed.one_of && allowed.one_of->size() > 1)
      change("has one choice less", [](dsl::Allowed& other) { other.one_of->pop_back(); });
    if (allowed.range && allowed.range->low)
      change("has no lower bound", [](dsl::Allowed& other) { other.range->low.reset(); });
    if (allowed.range && allowed.range->high)
      change("has no upper bound", [](dsl::Allowed& other) { other.range->high.reset(); });
    if (!allowed.includes.empty())
      change("includes one less", [](dsl::Allowed& other) { other.includes.pop_back(); });
    if (!allowed.excludes.empty())
      change("excludes one less", [](dsl::Allowed& other) { other.excludes.pop_back(); });
  }

  const Policy& policy_;
  std::vector<Mutation> out_;
};

}  // namespace

std::vector<Mutation> mutations_of(const Policy& policy) { return Mutator(policy).all(); }

}  // namespace gopol::engine
