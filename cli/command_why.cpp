#include <fmt/format.h>

#include <span>
#include <utility>

#include "cli/commands.h"
#include "cli/fact_names.h"
#include "cli/terminal.h"
#include "cli/workspace.h"
#include "engine/confine.h"
#include "engine/planning.h"

namespace gopol::cli {
namespace {

std::string place_of(dsl::SourceSpan span, const dsl::SourceMap& sources) {
  return fmt::format("{}:{}", sources.name(span.source),
                     sources.locate(span.source, span.begin).line);
}

std::string_view word(engine::RuleStatus status) {
  switch (status) {
    case engine::RuleStatus::applies: return "applies";
    case engine::RuleStatus::skipped: return "is skipped";
    case engine::RuleStatus::unknown: return "is unknown";
  }
  return "is unknown";
}

/// Everything that a policy says of one slot, and what became of it here.
class Answer {
 public:
  Answer(const engine::Slot& slot, const LoadedPolicy& loaded, const engine::Planned& planned,
         const dsl::SourceMap& sources)
      : slot_(slot), loaded_(loaded), planned_(planned), sources_(sources) {}

  std::string text() {
    value_now();
    std::size_t rules = 0;
    for (std::size_t i = 0; i < loaded_.policy.rules.size(); ++i) {
      for (const dsl::Assertion& assertion : loaded_.policy.rules[i].assertions) {
        if (concerns(assertion)) {
          rule(i, assertion);
          ++rules;
        }
      }
    }
    if (rules == 0) out_ += "no rule of this policy asserts it\n";
    verdict();
    return std::move(out_);
  }

 private:
  bool concerns(const dsl::Assertion& assertion) const {
    return assertion.slot.family == slot_.family && assertion.slot.attribute == slot_.attribute &&
           (assertion.slot.key == slot_.key || assertion.interpolated);
  }

  void value_now() {
    const engine::Observation* seen = planned_.facts.find(slot_);
    if (seen == nullptr) return;
    out_ += fmt::format("{} is {}", dsl::to_text(slot_), presentable(dsl::to_text(seen->value)));
    if (const auto* unknown = seen->value.as<dsl::Unknown>()) out_ += ": " + unknown->reason;
    if (!seen->origin.empty()) out_ += fmt::format(" (from {})", seen->origin);
    out_ += '\n';
    for (const std::string& finding : seen->findings) out_ += "  " + finding + "\n";
  }

  void rule(std::size_t index, const dsl::Assertion& assertion) {
    const auto& rule = loaded_.policy.rules[index];
    const auto& outcome = planned_.desired.rules[index];
    const std::string what =
        assertion.allowed.one_of && dsl::contains(assertion.allowed, dsl::Absent{})
            ? "unset"
            : presentable(dsl::to_text(assertion.allowed));
    out_ += fmt::format("rule {} {} ({}): {}{}{}\n", rule.name, word(outcome.status),
                        place_of(assertion.span, sources_),
                        rule.effect == dsl::Effect::warn ? "warns unless " : "wants ",
                        assertion.is_default ? "by default " : "", what);
    if (!rule.because.empty())
      out_ += fmt::format("  because {}\n", presentable(rule.because, 300));
    if (!rule.owner.empty()) out_ += fmt::format("  owner {}\n", presentable(rule.owner, 100));
    for (const engine::GuardReason& reason : outcome.reasons) {
      out_ += fmt::format("  `{}` does not hold ({}): {} is {}\n", sources_.text(reason.span),
                          place_of(reason.span, sources_), dsl::to_text(reason.fact),
                          presentable(dsl::to_text(reason.value)));
    }
  }

  void verdict() {
    for (const engine::Item& item : planned_.plan.items) {
      if (item.slot != slot_) continue;
      switch (item.state) {
        case engine::ItemState::ok: out_ += "it is as the policy wants it\n"; return;
        case engine::ItemState::change: out_ += "`gopol apply` would change it\n"; return;
        case engine::ItemState::finding: out_ += "it is reported, not changed\n"; return;
        case engine::ItemState::unknown:
          out_ += fmt::format("it is left alone: {}\n", item.reason);
          return;
      }
    }
  }

  const engine::Slot& slot_;
  const LoadedPolicy& loaded_;
  const engine::Planned& planned_;
  const dsl::SourceMap& sources_;
  std::string out_;
};

}  // namespace

Exit why_command(const Options& options) {
  Workspace workspace;
  const auto fail = [&](const dsl::Diagnostics& errors) {
    report(errors, workspace.sources);
    return exit_of(errors);
  };
  if (auto opened = open_workspace(options, Access::read, workspace); !opened)
    return fail(opened.error());
  const auto slot = parse_slot(options.arguments.front(), workspace.schemas);
  if (!slot) {
    report(slot.error(), workspace.sources);
    return Exit::usage;
  }
  Options policy = options;
  policy.arguments.erase(policy.arguments.begin());
  dsl::Diagnostics warnings;
  const auto loaded = load_policy(policy, workspace, warnings);
  if (!loaded) return fail(loaded.error());
  engine::confine_to_reading();
  const auto ledger = load_ledger(workspace);
  if (!ledger) return fail(ledger.error());
  const engine::Host& reading = *workspace.host;
  auto planned =
      engine::plan_on(loaded->policy, workspace.schemas, workspace.providers, reading, *ledger);
  if (!planned) return fail(planned.error());
  const engine::Wish wish{*slot};
  engine::collect(std::span(&wish, 1), workspace.providers, reading, planned->facts);
  print(Answer(*slot, *loaded, *planned, workspace.sources).text());
  return Exit::clean;
}

}  // namespace gopol::cli
