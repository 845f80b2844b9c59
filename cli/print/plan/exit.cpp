#include "cli/print/plan/exit.h"

#include "cli/terminal/exit_of.h"
#include "engine/plan/plan_report.h"

namespace gopol::cli {

Exit plan_exit(const engine::Plan& plan, bool strict) {
  const engine::PlanReport report = engine::report_of(plan);
  Exit out = Exit::clean;
  if (report.change + report.by_hand + report.blocked > 0) out = worse(out, Exit::pending);
  if (report.warning + report.held + report.defeated > 0 || report.fails_run)
    out = worse(out, Exit::findings);
  if (!plan.problems.empty()) out = worse(out, exit_of(plan.problems));
  if (report.failed > 0) out = worse(out, Exit::not_converged);
  if (report.unknown + report.untold > 0 && strict) out = worse(out, Exit::unknown_left);
  return out;
}

}  // namespace gopol::cli
