#include "cli/print/why/slot.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "cli/terminal/terminal.h"
#include "cli/workspace/plan/written_by.h"
#include "engine/plan/disclosure.h"

namespace gopol::cli {
namespace {

using engine::RuleStatus;

constexpr std::size_t most_facts = 8;  // that one rule shows

std::string_view word(RuleStatus status) {
  switch (status) {
    case RuleStatus::applies: return "applies";
    case RuleStatus::skipped: return "is skipped";
    case RuleStatus::unknown: return "is unknown";
    case RuleStatus::waived: return "is waived";
  }
  return "is unknown";
}

/// Of what `engine::shown` and its like leave of it.
std::string wanted_text(const dsl::Allowed& shown) {
  const bool unset = shown.one_of && dsl::contains(shown, dsl::Absent{});
  return unset ? "unset" : presentable(dsl::to_text(shown));
}

class Answer {
 public:
  Answer(const engine::Slot& slot, const LoadedPolicy& loaded, const engine::Planned& planned,
         const Workspace& workspace)
      : slot_(slot),
        policy_(loaded.policy),
        planned_(planned),
        workspace_(workspace),
        guards_(loaded.policy, planned.facts) {}

  std::string text() {
    value_now();
    std::size_t said = 0;
    for (std::uint32_t i = 0; i < policy_.rules.size(); ++i) {
      for (const dsl::Assertion& assertion : policy_.rules[i].assertions) {
        if (!concerns(assertion)) continue;
        rule(i, assertion);
        ++said;
      }
    }
    if (said == 0) out_ += "no rule of this policy asserts it\n";
    verdict();
    return std::move(out_);
  }

 private:
  template <class... Parts>
  void line(fmt::format_string<Parts...> format, Parts&&... parts) {
    out_ += fmt::format(format, std::forward<Parts>(parts)...) + "\n";
  }

  bool concerns(const dsl::Assertion& assertion) const {
    return assertion.slot.family == slot_.family && assertion.slot.attribute == slot_.attribute &&
           (assertion.slot.key == slot_.key || assertion.interpolated);
  }

  std::string place(dsl::SourceSpan span) const {
    return fmt::format("{}:{}", workspace_.sources.name(span.source),
                       workspace_.sources.locate(span.source, span.begin).line);
  }

  void value_now() {
    const engine::Observation* seen = planned_.facts.find(slot_);
    if (seen == nullptr) return;
    std::string text = presentable(dsl::to_text(engine::shown(slot_, seen->value)));
    if (const auto* unknown = seen->value.as<dsl::Unknown>()) text += ": " + unknown->reason;
    if (!seen->origin.empty()) text += fmt::format(" (from {})", seen->origin);
    line("{} is {}", dsl::to_text(slot_), text);
    for (const std::string& finding : seen->findings) line("  {}", finding);
  }

  void rule(std::uint32_t index, const dsl::Assertion& assertion) {
    const auto& rule = policy_.rules[index];
    const auto& outcome = planned_.desired.rules[index];
    line("rule {} {} ({}): {}{}{}", rule.name, word(outcome.status), place(assertion.span),
         rule.effect == dsl::Effect::warn ? "warns unless " : "wants ",
         assertion.is_default ? "by default " : "",
         wanted_text(engine::shown(slot_, assertion.allowed)));
    if (!rule.because.empty()) line("  because {}", presentable(rule.because, 300));
    const auto* commit = written_by(workspace_, assertion.span);
    for (const std::string& one : authorship_lines(rule.because, commit)) line("  {}", one);
    if (!rule.owner.empty()) line("  owner {}", presentable(rule.owner, 100));
    for (const dsl::Label& step : rule.chain) line("  {} ({})", step.text, place(step.span));
    for (const dsl::Label& step : assertion.trail) line("  {} ({})", step.text, place(step.span));
    facts(index, outcome);
    exceptions(rule, outcome);
  }

  void facts(std::uint32_t index, const engine::RuleOutcome& outcome) {
    const bool held = outcome.status == RuleStatus::applies || outcome.status == RuleStatus::waived;
    const bool replaced = outcome.status == RuleStatus::skipped && outcome.replaced_by;
    if (replaced) return;
    const auto reasons = held
                             ? guards_.deciding(policy_.rules[index].guard, most_facts)
                             : engine::why_not(policy_, planned_.facts, index, outcome, most_facts);
    for (const engine::GuardReason& reason : reasons) {
      line("  `{}` {} ({}): {} is {}", workspace_.sources.text(reason.span),
           held ? "holds" : "does not hold", place(reason.span), dsl::to_text(reason.fact),
           presentable(dsl::to_text(engine::shown(reason.fact, reason.value))));
    }
  }

  void exceptions(const dsl::Policy::Rule& rule, const engine::RuleOutcome& outcome) {
    if (outcome.replaced_by) {
      const auto& other = policy_.rules[*outcome.replaced_by];
      const std::string_view what =
          outcome.status == RuleStatus::unknown ? "may be replaced" : "is replaced";
      line("  it {} by the override at {}: {}", what, place(other.span),
           presentable(other.because, 300));
    }
    if (outcome.waiver) {
      const dsl::Waiver& waiver = rule.waivers[*outcome.waiver];
      line("  waived until {} by {} ({}): {}", dsl::to_text(dsl::Value(waiver.until)),
           presentable(waiver.owner, 100), place(waiver.span), presentable(waiver.because, 300));
    }
  }

  void verdict() {
    for (const engine::Item& item : planned_.plan.items) {
      if (item.slot != slot_) continue;
      if (item.rule == engine::no_rule) return line("{}", owned_text(item));
      switch (item.state) {
        case engine::ItemState::ok:
          line("{}", item.out_of_force.untold.empty() ? "it is as the policy wants it"
                                                      : "it is written as the policy wants it");
          elsewhere("in force: unknown", item.out_of_force.untold);
          break;
        case engine::ItemState::change:
          line("`gopol apply` would change it");
          elsewhere("it will be defeated", item.out_of_force.defeated);
          break;
        case engine::ItemState::finding:
          elsewhere("it is defeated", item.out_of_force.defeated);
          line("it is reported, not changed");
          break;
        case engine::ItemState::defeated:
          line("it is written as the policy wants it, and is not in force");
          elsewhere("it is defeated", item.out_of_force.defeated);
          break;
        case engine::ItemState::waived:
          line("it is left alone while the waiver holds");
          otherwise("without the waiver",
                    [&](dsl::Policy& other) { other.rules[item.rule].waivers.clear(); });
          return;
        case engine::ItemState::unknown: line("it is left alone: {}", item.reason); return;
        case engine::ItemState::conflict:
        case engine::ItemState::failed:
          for (const dsl::Diagnostic& why : item.why) line("it is left alone: {}", why.message);
          return;
        case engine::ItemState::blocked: line("it is left alone: it {}", item.reason); return;
        case engine::ItemState::kept: break;
        case engine::ItemState::held:
          line("it is left alone: somebody took it back; `gopol apply --end-holds` changes it");
          break;
      }
      const auto& rule = policy_.rules[item.rule];
      otherwise(rule.replaces ? "without the override" : fmt::format("without {}", rule.name),
                [&](dsl::Policy& other) { forget(other, item.rule); });
      return;
    }
  }

  void elsewhere(std::string_view what, const dsl::SharedList<engine::Elsewhere>& places) {
    for (const engine::Elsewhere& one : places)
      line("{} {}", what, presentable(engine::elsewhere_text(slot_, one), 300));
  }

  static std::string owned_text(const engine::Item& item) {
    const std::string of =
        fmt::format("gopol owns it by rule {}: ", presentable(item.owner.text()));
    return of + (item.state == engine::ItemState::change
                     ? fmt::format("`gopol apply` would give back {}",
                                   wanted_text(engine::shown_wanted(item)))
                     : presentable(item.reason, 300));
  }

  /// Takes what one rule says of the slot out of a policy; an override takes itself out.
  void forget(dsl::Policy& policy, std::uint32_t index) const {
    auto& rule = policy.rules[index];
    auto& assertions = rule.assertions;
    assertions.erase(std::remove_if(assertions.begin(), assertions.end(),
                                    [&](const auto& assertion) { return concerns(assertion); }),
                     assertions.end());
    rule.replaces.reset();
  }

  /// The same machine under a policy that differs in one thing.
  void otherwise(const std::string& how, const std::function<void(dsl::Policy&)>& change) {
    dsl::Policy other = policy_;
    change(other);
    const auto planned = engine::plan_from(other, workspace_.schemas, planned_.facts, {});
    if (!planned) return line("{} the policy would contradict itself here", how);
    for (const engine::Item& item : planned->plan.items) {
      if (item.slot != slot_) continue;
      if (item.state == engine::ItemState::conflict)
        return line("{} the policy would contradict itself here", how);
      const auto& rule = policy_.rules[item.rule];
      return line("{} it would be {}, by {} ({})", how, wanted_text(engine::shown_wanted(item)),
                  rule.name, place(item.place));
    }
    line("{} no rule would say anything of it", how);
  }

  const engine::Slot& slot_;
  const dsl::Policy& policy_;
  const engine::Planned& planned_;
  const Workspace& workspace_;
  engine::Guards guards_;
  std::string out_;
};

}  // namespace

std::string why_text(const engine::Slot& slot, const LoadedPolicy& loaded,
                     const engine::Planned& planned, const Workspace& workspace) {
  return Answer(slot, loaded, planned, workspace).text();
}

}  // namespace gopol::cli
