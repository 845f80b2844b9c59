#include "engine/trial/trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace gopol::engine {
namespace {

using dsl::Policy;
using dsl::TestCase;
using Expect = dsl::TestCase::Expect;

constexpr std::size_t most_notes = 8;
constexpr std::int64_t most_passes = 10;  // of a test that does not say how many

std::string_view word(RuleStatus status) {
  switch (status) {
    case RuleStatus::applies: return "applies";
    case RuleStatus::skipped: return "is skipped";
    case RuleStatus::unknown: return "is unknown";
    case RuleStatus::waived: return "is waived";
  }
  return "is unknown";
}

RuleStatus status_of(Expect::Outcome outcome) {
  switch (outcome) {
    case Expect::Outcome::applies: return RuleStatus::applies;
    case Expect::Outcome::skipped: return RuleStatus::skipped;
    case Expect::Outcome::waived: return RuleStatus::waived;
    case Expect::Outcome::unknown: return RuleStatus::unknown;
  }
  return RuleStatus::unknown;
}

std::string text_of(const Value& value) {
  const auto* unknown = value.as<dsl::Unknown>();
  if (unknown == nullptr) return dsl::to_text(value);
  return unknown->reason.empty() ? "unknown" : fmt::format("unknown ({})", unknown->reason);
}

/// One test against one policy.
class Trial {
 public:
  Trial(const TestCase& test, const Policy& policy, const dsl::Schemas& schemas,
        const Providers& providers, const Fixture& fixture, const dsl::SourceMap& sources)
      : test_(test),
        policy_(policy),
        schemas_(schemas),
        providers_(providers),
        fixture_(fixture),
        sources_(sources) {}

  TestRun run() {
    TestRun out;
    auto planned = plan_from(policy_, schemas_, facts(), {});
    if (!planned) {
      out.errors = planned.error();
      return out;
    }
    if (!planned->plan.problems.empty()) {
      out.errors = planned->plan.problems;
      return out;
    }
    for (const Expect& expect : test_.expects) judge(expect, *planned, out.unmet);
    judge_claims(*planned, out.unmet);
    out.planned = std::move(*planned);
    return out;
  }

 private:
  /// What the test gives stands before what its fixture says.
  Facts facts() const {
    Facts out;
    for (const TestCase::Given& given : test_.given)
      out.add({.slot = given.slot, .value = given.value, .origin = "given"});
    for (const Observation& one : fixture_.facts.all()) {
      if (out.find(one.slot) == nullptr) out.add(one);
    }
    if (fixture_.host == nullptr) return out;
    std::vector<Wish> wishes;
    for (const Slot& slot : policy_.facts) wishes.push_back({slot});
    collect(wishes, providers_, *fixture_.host, out);
    collect(wishes_of(evaluate(policy_, out)), providers_, *fixture_.host, out);
    return out;
  }

  void judge(const Expect& expect, const Planned& planned, std::vector<Unmet>& unmet) const {
    switch (expect.form) {
      case Expect::Form::condition: return judge_condition(expect, planned, unmet);
      case Expect::Form::rule: return judge_rule(expect, planned, unmet);
      case Expect::Form::no_changes: return judge_no_changes(expect, planned, unmet);
      case Expect::Form::converges: return judge_convergence(expect, planned, unmet);
    }
  }

  void judge_condition(const Expect& expect, const Planned& planned,
                       std::vector<Unmet>& unmet) const {
    const Facts later = converged({&expect.condition}, policy_, planned.facts, planned.plan.items);
    const Guards guards(policy_, later);
    const auto reasons = guards.reasons(expect.condition, most_notes);
    if (reasons.empty()) return;
    Unmet out{expect.span, fmt::format("expected {}", condition_text(expect)), {}};
    for (const GuardReason& reason : reasons) {
      out.message += fmt::format(", got {}", text_of(reason.value));
      for (std::string& note : silent_rules(reason.fact, planned))
        out.notes.push_back(std::move(note));
    }
    unmet.push_back(std::move(out));
  }

  std::string condition_text(const Expect& expect) const {
    std::string text(sources_.text(expect.span));
    constexpr std::string_view keyword = "expect";
    if (text.starts_with(keyword)) text.erase(0, text.find_first_not_of(" \t\r\n", keyword.size()));
    return "`" + text + "`";
  }

  /// The rules that would assert `slot` and do not apply, with what kept them from it.
  std::vector<std::string> silent_rules(const Slot& slot, const Planned& planned) const {
    std::vector<std::string> out;
    for (std::uint32_t i = 0; i < policy_.rules.size() && out.size() < most_notes; ++i) {
      const auto& rule = policy_.rules[i];
      const bool asserts =
          std::any_of(rule.assertions.begin(), rule.assertions.end(),
                      [&](const auto& assertion) { return assertion.slot == slot; });
      const auto& outcome = planned.desired.rules[i];
      if (!asserts || outcome.status == RuleStatus::applies) continue;
      out.push_back(fmt::format("rule `{}` {}{}", rule.name, word(outcome.status),
                                because(i, outcome, planned)));
    }
    return out;
  }

  std::string because(std::uint32_t rule, const RuleOutcome& outcome,
                      const Planned& planned) const {
    if (outcome.status == RuleStatus::skipped && outcome.replaced_by)
      return ", an override applies";
    if (outcome.status == RuleStatus::waived) return "";
    std::string out;
    for (const GuardReason& reason : why_not(policy_, planned.facts, rule, outcome, 3)) {
      const std::string_view how = reason.value.is_unknown() ? "unknown" : "false";
      out += fmt::format("{} `{}` is {} ({} is {})", out.empty() ? " because" : ",",
                         sources_.text(reason.span), how, dsl::to_text(reason.fact),
                         text_of(reason.value));
    }
    return out;
  }

  void judge_rule(const Expect& expect, const Planned& planned, std::vector<Unmet>& unmet) const {
    const RuleStatus wanted = status_of(expect.outcome);
    std::string got;
    std::vector<std::string> notes;
    for (std::uint32_t i = 0; i < policy_.rules.size(); ++i) {
      if (policy_.rules[i].name != expect.rule) continue;
      const RuleStatus status = effective(i, planned);
      if (status == wanted) return;
      if (got.empty()) got = word(status);
      const std::string why = because(i, planned.desired.rules[i], planned);
      if (!why.empty())
        notes.push_back(fmt::format("rule `{}` {}{}", expect.rule, word(status), why));
    }
    unmet.push_back({expect.span,
                     fmt::format("expected that rule `{}` {}, but it {}", expect.rule, word(wanted),
                                 got.empty() ? "is not there" : got),
                     std::move(notes)});
  }

  /// A rule that would apply is unknown where the value of a slot it asserts is.
  RuleStatus effective(std::uint32_t index, const Planned& planned) const {
    const RuleStatus status = planned.desired.rules[index].status;
    if (status != RuleStatus::applies) return status;
    for (const Item& item : planned.plan.items) {
      if (item.state == ItemState::unknown && item.rule == index) return RuleStatus::unknown;
    }
    return status;
  }

  static std::string slots_in(const Plan& plan, ItemState state) {
    std::string out;
    for (const Item& item : plan.items) {
      if (item.state == state) out += (out.empty() ? "" : ", ") + dsl::to_text(item.slot);
    }
    return out;
  }

  void judge_no_changes(const Expect& expect, const Planned& planned,
                        std::vector<Unmet>& unmet) const {
    const std::string changes = slots_in(planned.plan, ItemState::change);
    if (changes.empty()) return;
    unmet.push_back({expect.span, "expected no changes, got some of " + changes, {}});
  }

  /// What other files say of a slot stays; what stands in the wrong place moves.
  static Observation as_converged(const Item& item, const Facts& facts) {
    Observation out{.slot = item.slot, .value = item.target, .origin = "converged"};
    const Observation* seen = facts.find(item.slot);
    if (seen != nullptr && !seen->misplaced) out.elsewhere = seen->elsewhere;
    return out;
  }

  /// Plans again on what the plan would make of the machine, until nothing is left to change. A
  /// target that its provider chooses is taken as met.
  void judge_convergence(const Expect& expect, const Planned& planned,
                         std::vector<Unmet>& unmet) const {
    const std::int64_t passes = expect.passes > 0 ? expect.passes : most_passes;
    Facts facts = planned.facts;
    Plan plan = planned.plan;
    for (std::int64_t pass = 0; pass < passes; ++pass) {
      for (const Item& item : plan.items) {
        if (item.state == ItemState::change) facts.add(as_converged(item, facts));
      }
      auto next = plan_from(policy_, schemas_, facts, {});
      if (!next || !next->plan.problems.empty()) {
        unmet.push_back({expect.span, "after a pass the policy contradicts itself", {}});
        return;
      }
      plan = std::move(next->plan);
      if (!slots_in(plan, ItemState::change).empty()) continue;
      const std::string defeated = slots_in(plan, ItemState::defeated);
      if (!defeated.empty())
        unmet.push_back(
            {expect.span,
             fmt::format("expected to converge, but {} would not be in force", defeated),
             {}});
      return;
    }
    unmet.push_back(
        {expect.span,
         fmt::format("expected to converge in {} pass{}, but {} would change again", passes,
                     passes == 1 ? "" : "es", slots_in(plan, ItemState::change)),
         {}});
  }

  void judge_claims(const Planned& planned, std::vector<Unmet>& unmet) const {
    for (std::size_t i = 0; i < planned.plan.claims.size(); ++i) {
      const dsl::Claim& claim = policy_.claims[i];
      const ClaimOutcome& outcome = planned.plan.claims[i];
      if (outcome.state != ClaimState::refuted) continue;
      Unmet out{claim.span, claim_text(claim), {}};
      for (const GuardReason& reason : outcome.reasons)
        out.notes.push_back(
            fmt::format("{} is {}", dsl::to_text(reason.fact), text_of(reason.value)));
      unmet.push_back(std::move(out));
    }
  }

  std::string claim_text(const dsl::Claim& claim) const {
    switch (claim.kind) {
      case dsl::Claim::Kind::assertion:
        return fmt::format("assert `{}` does not hold{}{}", claim.name,
                           claim.message.empty() ? "" : ": ", claim.message);
      case dsl::Claim::Kind::assumption:
        return fmt::format("the machine breaks the assumption `{}`", sources_.text(claim.span));
      case dsl::Claim::Kind::cover:
        return fmt::format("no rule asserts `{}` on this machine", dsl::to_text(claim.slot));
    }
    return "";
  }

  const TestCase& test_;
  const Policy& policy_;
  const dsl::Schemas& schemas_;
  const Providers& providers_;
  const Fixture& fixture_;
  const dsl::SourceMap& sources_;
};

}  // namespace

TestRun run_test(const TestCase& test, const Policy& policy, const dsl::Schemas& schemas,
                 const Providers& providers, const Fixture& fixture,
                 const dsl::SourceMap& sources) {
  return Trial(test, policy, schemas, providers, fixture, sources).run();
}

}  // namespace gopol::engine
