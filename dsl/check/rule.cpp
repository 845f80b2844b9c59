#include "dsl/check/rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/check/guard.h"
#include "dsl/check/loop.h"
#include "dsl/check/resource.h"

namespace gopol::dsl::checking {
namespace {

UnknownAction action_of(UnknownPolicy policy) {
  switch (policy) {
    case UnknownPolicy::skip: return UnknownAction::skip;
    case UnknownPolicy::warn: return UnknownAction::warn;
    case UnknownPolicy::fail: return UnknownAction::fail;
  }
  return UnknownAction::skip;
}

}  // namespace

void read_clauses(View::Range<View> clauses, const Frame& frame, const Scope& scope,
                  std::vector<Waiting>& waiting, Context& context, Policy::Rule& rule) {
  for (const View clause : clauses) {
    if (const auto when = clause.as<When>()) {
      auto read = guard(when.guard(), scope, context);
      if (read) rule.guard = both(std::move(rule.guard), std::move(*read));
    } else if (const auto because = clause.as<Because>()) {
      rule.because = because.reason().decoded();
    } else if (const auto owner = clause.as<Owner>()) {
      rule.owner = owner.name().decoded();
    } else if (const auto after = clause.as<After>()) {
      const auto next = static_cast<std::uint32_t>(context.policy.rules.size());
      for (const QName name : after.rules()) waiting.push_back({next, frame.profile, name});
    } else if (const auto unknown = clause.as<OnUnknown>()) {
      rule.on_unknown = action_of(unknown.policy());
    } else if (const auto resource = clause.as<Resource>()) {
      add_resource(resource, scope, context, rule);
    } else if (const auto loop = clause.as<For>()) {
      for_each_element(loop, scope, context, [&](const Scope& inner) {
        read_clauses(loop.items(), frame, inner, waiting, context, rule);
      });
    }
  }
}

void read_rule(Rule view, const Frame& frame, Names& names, std::vector<Waiting>& waiting,
               Context& context) {
  Policy::Rule rule;
  const std::string_view name = view.name().text;
  rule.name = frame.profile.empty() ? Name(name) : Name(fmt::format("{}.{}", frame.profile, name));
  rule.span = view.name().span;
  rule.effect = view.severity() == RuleSeverity::enforce ? Effect::enforce : Effect::warn;
  rule.sealed = view.sealed();
  rule.guard = frame.when;
  rule.owner = frame.owner;
  rule.because = frame.because;
  rule.chain = frame.chain;
  if (!names.add(rule.name, rule.span)) return;
  read_clauses(view.clauses(), frame, *frame.scope, waiting, context, rule);
  if (rule.sealed) protect_labels(rule.guard, context.policy);
  names.add_rule(rule.name, static_cast<std::uint32_t>(context.policy.rules.size()));
  context.policy.rules.push_back(std::move(rule));
}

void protect_labels(const Guard& guard, Policy& policy) {
  for (const Guard& part : guard.parts) protect_labels(part, policy);
  if (guard.kind == Guard::Kind::shared) protect_labels(policy.guards[guard.shared], policy);
  if (guard.kind != Guard::Kind::atom) return;
  const Slot& fact = policy.facts[guard.atom.fact];
  auto& labels = policy.protected_labels;
  if (fact.family != "label" ||
      std::find(labels.begin(), labels.end(), fact.attribute) != labels.end()) {
    return;
  }
  labels.push_back(fact.attribute);
}

}  // namespace gopol::dsl::checking
