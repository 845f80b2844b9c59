#include "engine/plan/agreement.h"

#include <algorithm>

namespace gopol::engine {
namespace {

bool same_value(const Value& a, const Value& b) { return a.is_unknown() ? b.is_unknown() : a == b; }

}  // namespace

Agreement agreement_of(const Item& item, const dsl::Policy& policy) {
  return {item.slot,    item.state,          item.current,
          item.target,  item.allowed,        rule_name(item, policy),
          item.demands, item.rule == no_rule};
}

Disagreement disagreement(const Agreement& was, const Agreement& is) {
  if (!same_value(was.current, is.current)) return Disagreement::current;
  if (was.state != is.state) return Disagreement::state;
  if (!same_value(was.target, is.target) || was.allowed != is.allowed) return Disagreement::target;
  if (was.rule != is.rule) return Disagreement::rule;
  if (was.demands != is.demands) return Disagreement::demands;
  return Disagreement::none;
}

bool same_agreement(const Plan& was, const Plan& is, const dsl::Policy& policy) {
  return std::equal(was.items.begin(), was.items.end(), is.items.begin(), is.items.end(),
                    [&](const Item& a, const Item& b) {
                      return a.slot == b.slot &&
                             disagreement(agreement_of(a, policy), agreement_of(b, policy)) ==
                                 Disagreement::none;
                    });
}

}  // namespace gopol::engine
