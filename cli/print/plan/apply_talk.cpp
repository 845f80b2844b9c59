#include "cli/print/plan/apply_talk.h"

#include <fmt/format.h>

#include "cli/print/plan/apply_text.h"
#include "cli/print/plan/exit.h"
#include "cli/print/plan/text.h"
#include "cli/print/plan/undo_text.h"
#include "cli/terminal/exit_of.h"
#include "cli/workspace/plan/consent.h"
#include "cli/workspace/plan/written_by.h"
#include "cli/workspace/rehearse/rehearse_plan.h"
#include "engine/plan/plan_report.h"

namespace gopol::cli {

void ApplyTalk::show(const engine::Planned& planned, const engine::Confinement& held) {
  if (planned.plan.has_work())
    engine::run_confined([&] {
      afterwards_ =
          rehearse_plan(asked_.loaded.policy, planned,
                        past_of(asked_.loaded, options_, workspace_, nullptr), workspace_);
    });
  report(planned.plan.problems, workspace_.sources);
  print(text_of(planned, &afterwards_));
  if (!workspace_.recorded) print(confinement_text(held));
}

engine::ConvergeCallbacks ApplyTalk::callbacks() {
  engine::ConvergeCallbacks out;
  out.show = [this](const engine::Planned& planned, const engine::Confinement& held) {
    show(planned, held);
  };
  out.consent = [this](const engine::Planned& planned) {
    return consent_to(planned, asked_.loaded, options_, workspace_, breaks(afterwards_));
  };
  out.take_over = [](const engine::JournalEntry& begun) { print_error(taken_over_text(begun)); };
  out.tell = [this](const engine::PlannedChange& change, const engine::Outcome* outcome) {
    if (outcome == nullptr) return;
    print(outcome_text(change, *outcome, terminal_));
    if (outcome->kind == engine::Outcome::Kind::failed) report(outcome->why, workspace_.sources);
  };
  out.tell_back = [this](const engine::UndoOutcome& outcome) {
    print(undo_outcome_text(outcome, terminal_));
    report(outcome.why, workspace_.sources);
  };
  out.place = [this](dsl::SourceSpan span) {
    return fmt::format("{}:{}", workspace_.sources.name(span.source),
                       workspace_.sources.locate(span.source, span.begin).line);
  };
  out.written = [this](dsl::SourceSpan span) { return written_by(workspace_, span); };
  return out;
}

Exit ApplyTalk::conclude(const engine::Convergence& made) const {
  using Ending = engine::Convergence::Ending;
  switch (made.ending) {
    case Ending::unchanged: return exit_of_left(made);
    case Ending::declined: print("nothing was changed\n"); return Exit::pending;
    case Ending::applied: break;
  }
  return conclude_applied(made);
}

Exit ApplyTalk::conclude_applied(const engine::Convergence& made) const {
  using Ended = engine::Outcome::Kind;
  const bool failed_some =
      made.report.has(Ended::failed) || made.report.has(Ended::skipped) || made.not_given_back > 0;
  const bool waits = made.report.has(Ended::waits);
  if (failed_some) print_error("not everything converged\n");
  if (waits) print("what needs root was left for an administrator; the rest is done\n");
  if (!made.left) {
    report(made.errors, workspace_.sources);
    return worse(exit_of(made.errors), Exit::not_converged);
  }
  const bool empty = !made.left->plan.has_work();
  report(made.errors, workspace_.sources);
  if (made.errors.empty() && empty && made.left->plan.problems.empty()) print_end(*made.left);
  const Exit out = made.errors.empty() ? exit_of_left(made) : exit_of(made.errors);
  if (failed_some) return worse(out, Exit::not_converged);
  if (waits) return out == Exit::not_converged ? Exit::pending : worse(out, Exit::pending);
  if (empty) return out;
  report({dsl::problem("R4004", "a second plan is not empty: a rule does not keep what it says",
                       "please report this with the plan below")},
         workspace_.sources);
  print(text_of(*made.left, nullptr));
  return Exit::not_converged;
}

/// "Converged" is said of what is in force.
void ApplyTalk::print_end(const engine::Planned& left) const {
  const std::string missing =
      out_of_force_text(plan_view(left.plan, asked_.loaded, workspace_), terminal_);
  const bool defeated = engine::report_of(left.plan).defeated > 0;
  const std::string_view end = missing.empty() ? "converged: " : defeated ? "not converged: " : "";
  print(missing + fmt::format("{}a second plan is empty\n", end));
}

Exit ApplyTalk::exit_of_left(const engine::Convergence& made) const {
  const Exit out = plan_exit(made.left->plan, options_.strict);
  if (engine::report_of(made.left->plan).defeated > 0) return worse(out, Exit::not_converged);
  return out == Exit::pending ? Exit::not_converged : out;
}

std::string ApplyTalk::text_of(const engine::Planned& planned,
                               const Consequences* afterwards) const {
  PlanView view = plan_view(planned.plan, asked_.loaded, workspace_);
  view.afterwards = afterwards;
  return plan_text(view, terminal_);
}

}  // namespace gopol::cli
