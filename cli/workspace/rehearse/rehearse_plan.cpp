#include "cli/workspace/rehearse/rehearse_plan.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "cli/workspace/rehearse/questions.h"
#include "engine/plan/set_aside.h"
#include "engine/rehearse/rehearse.h"

namespace gopol::cli {
namespace {

using engine::Plan;
using Kind = Consequence::Kind;

/// Both sides of every question, but for those whose answer cannot have changed: on the copy they
/// saw nothing new.
class Asking {
 public:
  Asking(const Questions& questions, const engine::World& now, const engine::World& then,
         const engine::CopyLog& log)
      : questions_(questions), now_(now), then_(then), log_(log) {}

  Consequences run() {
    log_.saw_change = false;
    const RunningGos later = ask_go(questions_, then_.host, answers_then_);
    const bool go_differs = log_.saw_change;
    if (go_differs) {
      running_ = ask_go(questions_, now_.host, answers_now_);
    } else {
      answers_then_.clear();
      running_ = later;
    }
    both([&](const engine::World& world, const RunningGos& running,
             Answers& out) { ask_settings(running, world.host, out); },
         later, go_differs);
    both([&](const engine::World& world, const RunningGos& running,
             Answers& out) { ask_modules(questions_, running, world.host, out); },
         later, go_differs);
    both([&](const engine::World& world, const RunningGos& running,
             Answers& out) { ask_health(questions_, running, world, out); },
         later, go_differs);
    return compared(answers_now_, answers_then_);
  }

 private:
  template <class Ask>
  void both(Ask ask, const RunningGos& later, bool differs) {
    log_.saw_change = false;
    Answers now, then;
    ask(then_, later, then);
    if (!log_.saw_change && !differs) return;
    ask(now_, running_, now);
    answers_now_.merge(now);
    answers_then_.merge(then);
  }

  const Questions& questions_;
  const engine::World& now_;
  const engine::World& then_;
  const engine::CopyLog& log_;
  RunningGos running_;
  Answers answers_now_, answers_then_;
};

/// What fails, each; what cannot be foreseen, together.
void add_changes(const Plan& plan, const std::vector<engine::Rehearsed>& outcomes,
                 Consequences& out) {
  std::vector<std::string> unforeseen;
  for (const engine::Rehearsed& outcome : outcomes) {
    std::string name = engine::name_of(plan.changes[outcome.change].change);
    if (outcome.kind == engine::Rehearsed::Kind::fails) {
      out.push_back(
          {Kind::fails, About::change, std::move(name), outcome.why.front().message.text(), ""});
    } else if (outcome.kind == engine::Rehearsed::Kind::unforeseen) {
      unforeseen.push_back(std::move(name));
    }
  }
  if (unforeseen.empty()) return;
  out.push_back({Kind::unknown, About::change, fmt::format("{}", fmt::join(unforeseen, ", ")),
                 "what else is brought along", ""});
}

/// Claims are judged on what the plan says it makes; here on what it makes.
void ask_claims(const dsl::Policy& policy, const engine::Planned& planned,
                const engine::World& then, const engine::Past& past, Consequences& out) {
  if (policy.claims.empty()) return;
  const auto again = engine::plan_on(policy, then, past);
  if (!again) return;
  for (std::size_t i = 0; i < policy.claims.size(); ++i) {
    const dsl::Claim& claim = policy.claims[i];
    const bool new_here = again->plan.claims[i].state == engine::ClaimState::refuted &&
                          planned.plan.claims[i].state != engine::ClaimState::refuted;
    if (new_here)
      out.push_back(
          {Kind::worse, About::claim, claim.name, "it does not hold: " + claim.message, ""});
  }
}

}  // namespace

Consequences rehearse_plan(const dsl::Policy& policy, const engine::Planned& planned,
                           const engine::Past& past, const Workspace& workspace) {
  if (!planned.plan.has_work()) return {};
  const engine::Rehearsal tried =
      engine::rehearse(planned.plan, workspace.providers, std::as_const(*workspace.host));
  const engine::World now = workspace.world();
  const engine::World then{workspace.providers, workspace.schemas, tried.copy};
  const Questions questions = questions_for(policy, planned.plan, now);
  Consequences out = Asking(questions, now, then, *tried.log).run();
  add_changes(planned.plan, tried.outcomes, out);
  if (!questions.all_folders && !out.empty())
    out.push_back({Kind::unknown, About::go, "repositories",
                   fmt::format("more than {} were not looked into", questions.folders.size() - 1),
                   ""});
  ask_claims(policy, planned, then, past, out);
  sort(out);
  return out;
}

}  // namespace gopol::cli
