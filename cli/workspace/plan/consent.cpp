#include "cli/workspace/plan/consent.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "cli/terminal/terminal.h"
#include "cli/workspace/plan/apply_rights.h"
#include "engine/plan/plan_report.h"

namespace gopol::cli {
namespace {

std::string question_on(const engine::Plan& plan) {
  const engine::PlanReport report = engine::report_of(plan);
  const std::string by_hand =
      report.by_hand > 0 ? fmt::format(" and {} by hand", report.by_hand) : "";
  const std::size_t root = is_root() ? 0 : report.needs_root;
  const std::string left =
      root > 0 ? fmt::format(", {} of them left for an administrator", root) : "";
  return fmt::format("{} change{} to make{}{}. Go on? [y/N] ", report.change,
                     report.change == 1 ? "" : "s", left, by_hand);
}

}  // namespace

dsl::Result<bool> consent_to(const engine::Planned& planned, const LoadedPolicy& loaded,
                             const Options& options, const Workspace& workspace) {
  if (workspace.recorded) return true;
  if (!loaded.is_signed) {
    if (auto forbidden = forbidden_unsigned(planned, workspace); !forbidden.empty())
      return forbidden;
  }
  const bool person = is_person();
  if (!options.unsigned_policy && !loaded.accepted && !person) {
    return dsl::problem("T6002", "nobody signed this policy",
                        "give `--unsigned` to use it all the same");
  }
  if (options.yes) return true;
  if (!person) {
    return dsl::problem("P0001", "there is no terminal to ask at", "give `--yes` to go on unasked");
  }
  return ask(question_on(planned.plan));
}

}  // namespace gopol::cli
