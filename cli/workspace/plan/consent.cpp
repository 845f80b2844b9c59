#include "cli/workspace/plan/consent.h"

#include <fmt/format.h>

#include "cli/terminal/terminal.h"
#include "cli/workspace/plan/apply_rights.h"
#include "engine/plan/plan_report.h"
#include "engine/plan/set_aside.h"

namespace gopol::cli {
namespace {

/// Before anybody agrees, or types a password.
void list_for_root(const engine::Plan& plan, const RootRight& right) {
  if (right.way != RootWay::sudo && right.way != RootWay::started) return;
  std::string out;
  for (const engine::PlannedChange& one : plan.changes) {
    if (one.prepared.demands.needs_root)
      out += fmt::format("   {}\n", presentable(engine::name_of(one.change)));
  }
  if (out.empty()) return;
  print((right.way == RootWay::sudo ? "as root, last, after one question of sudo:\n"
                                    : "as root, last:\n") +
        out);
}

std::string question_on(const engine::Plan& plan, const RootRight& right) {
  const engine::PlanReport report = engine::report_of(plan);
  const std::string by_hand =
      report.by_hand > 0 ? fmt::format(" and {} by hand", report.by_hand) : "";
  const std::size_t root = right.way == RootWay::nobody ? report.needs_root : 0;
  const std::string left =
      root > 0 ? fmt::format(", {} of them left for an administrator", root) : "";
  return fmt::format("{} change{} to make{}{}. Go on? [y/N] ", report.change,
                     report.change == 1 ? "" : "s", left, by_hand);
}

}  // namespace

dsl::Result<bool> consent_to(const engine::Planned& planned, const LoadedPolicy& loaded,
                             const Options& options, const Workspace& workspace, bool breaks) {
  const auto broken =
      dsl::problem("R4009", "something that works now would not work any more: see `afterwards`",
                   "nothing was changed; `--break` makes it so all the same");
  const bool refused = breaks && !options.may_break;
  if (!loaded.is_signed) {
    if (auto forbidden = forbidden_unsigned(planned, options, workspace); !forbidden.empty())
      return forbidden;
  }
  const bool person = is_person();
  if (!options.unsigned_policy && !loaded.accepted && !person) {
    return dsl::problem("T6002", "nobody signed this policy",
                        "give `--unsigned` to use it all the same");
  }
  if (refused) return broken;
  const RootRight right = root_right(options, workspace);
  list_for_root(planned.plan, right);
  if (options.yes) return true;
  if (!person) {
    return dsl::problem("P0001", "there is no terminal to ask at", "give `--yes` to go on unasked");
  }
  return ask(question_on(planned.plan, right));
}

}  // namespace gopol::cli
