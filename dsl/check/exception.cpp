#include "dsl/check/exception.h"

#include <fmt/format.h>

#include <utility>

#include "dsl/check/constant.h"
#include "dsl/check/guard.h"

namespace gopol::dsl::checking {
namespace {

bool is_sealed(const Policy::Rule& rule, const QName& target, Context& context) {
  if (!rule.sealed) return false;
  auto out = problem("P2008", target.span(),
                     fmt::format("`{}` is sealed; it cannot be overridden or waived", rule.name),
                     "sealed", "talk to the owner of the rule");
  out.related.push_back({rule.span, "sealed here"});
  context.error(std::move(out));
  return true;
}

void require(bool there, SourceSpan at, std::string_view what, std::string_view clause,
             Context& context) {
  if (there) return;
  context.error("P2016", at, fmt::format("{} needs `{}`", what, clause), "no reason given",
                fmt::format("write `{} \"...\"`", clause));
}

/// Two overrides of one rule must not both apply; one without a condition always does.
bool clashes(const Policy::Rule& mine, const SharedList<std::uint32_t>& named, const Guard& base,
             Context& context) {
  for (const std::uint32_t index : named) {
    const Policy::Rule& other = context.policy.rules[index];
    if (!other.replaces) continue;
    const auto unconditional = [&](const Policy::Rule& rule) {
      return rule.guard.kind == base.kind && rule.guard.shared == base.shared &&
             rule.guard.parts.empty();
    };
    if (!unconditional(mine) && !unconditional(other)) continue;
    auto out =
        problem("P3003", mine.span, fmt::format("two overrides of `{}` apply together", mine.name),
                "overridden again", "give them conditions that exclude each other");
    out.related.push_back({other.span, "overridden here first"});
    context.error(std::move(out));
    return true;
  }
  return false;
}

}  // namespace

void read_override(Override view, const Frame& frame, Names& names, std::vector<Waiting>& waiting,
                   Context& context) {
  const QName name = view.target();
  const auto targets = names.rules(name, frame.profile);
  if (targets.empty()) return;
  const std::uint32_t target = targets.front();
  const Policy::Rule& replaced = context.policy.rules[target];
  if (is_sealed(replaced, name, context)) return;
  Policy::Rule rule;
  rule.name = replaced.name;
  rule.effect = replaced.effect;
  rule.owner = frame.owner.empty() ? replaced.owner : frame.owner;
  rule.span = name.span();
  rule.guard = frame.when;
  rule.replaces = target;
  rule.chain = frame.chain;
  rule.chain.push_back({replaced.span, fmt::format("`{}` is replaced", replaced.name)});
  read_clauses(view.clauses(), frame, *frame.scope, waiting, context, rule);
  require(!rule.because.empty(), name.span(), "an override", "because", context);
  if (clashes(rule, targets, frame.when, context)) return;
  names.add_rule(rule.name, static_cast<std::uint32_t>(context.policy.rules.size()));
  context.policy.rules.push_back(std::move(rule));
}

void read_waive(Waive view, const Frame& frame, Names& names, Context& context) {
  const QName name = view.target();
  const auto targets = names.rules(name, frame.profile);
  if (targets.empty()) return;
  if (is_sealed(context.policy.rules[targets.front()], name, context)) return;
  Waiver waiver;
  waiver.guard = frame.when;
  waiver.span = name.span();
  for (const View item : view.children()) {
    if (const auto when = item.as<When>()) {
      auto read = guard(when.guard(), *frame.scope, context);
      if (read) waiver.guard = both(std::move(waiver.guard), std::move(*read));
    }
    if (const auto because = item.as<Because>()) waiver.because = because.reason().decoded();
    if (const auto owner = item.as<Owner>()) waiver.owner = owner.name().decoded();
  }
  require(!waiver.because.empty(), name.span(), "a waiver", "because", context);
  require(!waiver.owner.empty(), name.span(), "a waiver", "owner", context);
  Type date;
  date.kind = TypeKind::date;
  const auto until = constant(view.until(), {date, false, false}, *frame.scope, context);
  if (!until) return;
  waiver.until = *until->value.as<Date>();
  context.fact({"run", "", "date", ""});
  protect_labels(waiver.guard, context.policy);
  for (const std::uint32_t target : targets) {
    context.policy.rules[target].waivers.push_back(waiver);
  }
}

}  // namespace gopol::dsl::checking
