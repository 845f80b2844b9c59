#include "cli/print/plan/undo_talk.h"

#include <fmt/format.h>

#include <cstdio>
#include <utility>

#include "cli/print/plan/apply_text.h"
#include "cli/print/plan/undo_text.h"
#include "cli/terminal/exit_of.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/plan/apply_rights.h"
#include "engine/plan/set_aside.h"

namespace gopol::cli {
namespace {

/// The files that root will write, before anybody agrees or types a password: the records that say
/// what they were are the user's own.
void list_for_root(const engine::UndoPlan& plan, const Options& options,
                   const Workspace& workspace) {
  if (root_right(options, workspace).way != RootWay::sudo) return;
  const engine::Disk& disk = std::as_const(*workspace.host).disk();
  std::string out;
  for (const engine::UndoStep& step : plan.steps) {
    if (!engine::needs_root(step, disk)) continue;
    if (step.way == engine::UndoStep::Way::inverse)
      out += fmt::format("   {}\n", presentable(engine::name_of(step.back)));
    if (step.way != engine::UndoStep::Way::files) continue;
    for (const engine::FileImage& file : step.of.front().intent.files)
      out += fmt::format("   {}\n", presentable(file.path.text, 200));
  }
  if (!out.empty()) print("as root, after one question of sudo:\n" + out);
}

dsl::Result<bool> consent_to_undo(const engine::UndoPlan& plan, const Options& options,
                                  const Workspace& workspace) {
  list_for_root(plan, options, workspace);
  if (options.yes) return true;
  if (!is_person())
    return dsl::problem("P0001", "there is no terminal to ask at", "give `--yes` to go on unasked");
  const std::size_t count = plan.steps.size();
  return ask(fmt::format("{} change{} to take back. Go on? [y/N] ", count, count == 1 ? "" : "s"));
}

}  // namespace

engine::UndoCallbacks undo_callbacks(const Options& options, const Workspace& workspace) {
  const Terminal terminal = terminal_of(stdout);
  engine::UndoCallbacks out;
  out.show = [=, &workspace](const engine::UndoPlan& plan, const engine::Confinement& held) {
    print(undo_text(plan, terminal));
    if (!workspace.recorded && !plan.steps.empty()) print(confinement_text(held));
  };
  out.consent = [&](const engine::UndoPlan& plan) {
    return consent_to_undo(plan, options, workspace);
  };
  out.take_over = [](const engine::JournalEntry& begun) { print_error(taken_over_text(begun)); };
  out.tell = [=, &workspace](const engine::UndoOutcome& outcome) {
    print(undo_outcome_text(outcome, terminal));
    if (!outcome.waits) report(outcome.why, workspace.sources);
  };
  return out;
}

Exit conclude(const engine::Undone& undone, bool leaves, const Workspace& workspace) {
  const bool declined = undone.ending == engine::Undone::Ending::declined;
  report(undone.errors, workspace.sources);
  if (declined) print("nothing was changed\n");
  if (undone.failed > 0) print_error("not everything was taken back\n");
  if (undone.waits > 0) print("what needs root was left for an administrator\n");
  if (undone.made > 0 && !leaves)
    print("left alone for 7 days, until a newer policy, or until a person applies it\n");
  if (undone.has_left) print("gopol keeps nothing here any more\n");
  if (leaves && !undone.has_left && !declined) print_error("gopol's records stay\n");
  Exit out = undone.failed > 0 ? Exit::not_converged : exit_of(undone.errors);
  if (declined || undone.waits > 0 || !undone.left.empty()) out = worse(out, Exit::pending);
  return out;
}

}  // namespace gopol::cli
