#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <utility>

#include "cli/command/commands.h"
#include "cli/print/plan_exit.h"
#include "cli/print/plan_text.h"
#include "cli/terminal/exit_of.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/plan/apply_rights.h"
#include "cli/workspace/plan/saved_plan_fit.h"
#include "cli/workspace/plan/written_by.h"
#include "cli/workspace/workspace.h"
#include "engine/apply/apply.h"
#include "engine/plan/agreement.h"
#include "engine/real/confine.h"
#include "engine/record/leftovers.h"
#include "engine/record/lock.h"
#include "engine/record/state_folder.h"

namespace gopol::cli {
namespace {

using engine::ItemState;
using engine::Planned;

bool ask(const engine::Plan& plan) {
  const auto count = std::count_if(plan.items.begin(), plan.items.end(), [](const auto& item) {
    return item.state == ItemState::change;
  });
  print(fmt::format("{} change{} to make. Go on? [y/N] ", count, count == 1 ? "" : "s"));
  char answer[16] = {};
  if (std::fgets(answer, sizeof answer, stdin) == nullptr) return false;
  return answer[0] == 'y' || answer[0] == 'Y';
}

dsl::Path journal_file(const dsl::Path& state) { return state / "journal.jsonl"; }

/// One apply from the first plan to the proof that the second is empty.
class Run {
 public:
  /// `agreed`: what a saved plan allows, else nullptr.
  Run(const Options& options, Workspace& workspace, const LoadedPolicy& loaded,
      const engine::Plan* agreed)
      : options_(options),
        workspace_(workspace),
        loaded_(loaded),
        agreed_(agreed),
        terminal_(terminal_of(stdout)) {}

  Exit make() {
    auto ledger = load_ledger(workspace_);
    if (!ledger) return fail(ledger.error());
    auto planned = plan(*ledger);
    if (!planned) return fail(planned.error());
    if (agreed_ != nullptr && !engine::same_agreement(*agreed_, planned->plan, loaded_.policy)) {
      return fail(moved());
    }
    print(text_of(*planned));
    if (!workspace_.recorded) print(guarantee());
    if (planned->plan.changes.empty()) return settle_unchanged(*planned, *ledger);
    if (const auto exit = may_begin(*planned); exit != Exit::clean) return exit;
    return change(*ledger, planned->plan);
  }

 private:
  /// Plans where nothing can be written, as far as the system lets us.
  dsl::Result<Planned> plan(const engine::Ledger& ledger) {
    const engine::Host& reading = *workspace_.host;
    std::optional<dsl::Result<Planned>> out;
    guarantee_ = engine::run_confined([&] {
      out = engine::plan_on(loaded_.policy, workspace_.schemas, workspace_.providers, reading,
                            ledger);
    });
    return std::move(*out);
  }

  /// What kept the plan above from writing, beside the types of the program.
  std::string guarantee() const {
    return guarantee_.enforced
               ? fmt::format("planned without the right to write ({})\n", guarantee_.name)
               : fmt::format("planned without a guard of the system: {}\n", guarantee_.reason);
  }

  Exit fail(const dsl::Diagnostics& errors) const {
    report(errors, workspace_.sources);
    return exit_of(errors);
  }

  std::string text_of(const Planned& planned) const {
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(
        workspace_.host->system().now().time_since_epoch());
    const PlanView view{
        planned.plan, loaded_.policy, workspace_.sources, loaded_.origin, now.count(), false, {}};
    return plan_text(view, terminal_);
  }

  /// Trust, rights and consent, before anything is touched.
  Exit may_begin(const Planned& planned) const {
    if (!workspace_.recorded) {
      const auto forbidden =
          loaded_.is_signed ? dsl::Diagnostics{} : forbidden_unsigned(planned, workspace_);
      if (!forbidden.empty()) return fail(forbidden);
      const bool person = terminal_.is_terminal && ::isatty(STDIN_FILENO) == 1;
      if (!options_.unsigned_policy && !loaded_.accepted && !person) {
        return fail({dsl::problem("T6002", "nobody signed this policy",
                                  "give `--unsigned` to use it all the same")});
      }
      if (const auto root = needs_root(planned); !root.empty()) return fail(root);
      if (!options_.yes && !person) {
        return fail({dsl::problem("P0001", "there is no terminal to ask at",
                                  "give `--yes` to go on unasked")});
      }
      if (!options_.yes && !ask(planned.plan)) {
        print("nothing was changed\n");
        return Exit::pending;
      }
    }
    return Exit::clean;
  }

  Exit change(engine::Ledger& ledger, const engine::Plan& shown) {
    engine::Host& host = *workspace_.host;
    const auto state =
        engine::open_state(host.disk(), host.system(), engine::state_folder(host.system()));
    if (!state) return fail(state.error());
    const auto lock = engine::RunLock::take(*state, "apply", host.system().now());
    if (!lock) return fail(lock.error());
    auto newest =
        load_ledger(workspace_);  // another run may have written it while a person thought
    if (!newest) return fail(newest.error());
    ledger = std::move(*newest);
    // Nothing else of gopol runs from here on; what was shown must still be what would be done.
    auto planned = plan(ledger);
    if (!planned) return fail(planned.error());
    if (!engine::same_agreement(shown, planned->plan, loaded_.policy)) return fail(moved());
    auto journal = engine::Journal::open(journal_file(*state));
    if (!journal) return fail(journal.error());
    take_over(*journal);
    engine::note_before(*planned, loaded_.policy, host.system().now(), ledger);
    if (auto noted = ledger.save(host.disk(), ledger_file(workspace_)); !noted) {
      return fail(noted.error());
    }
    const engine::Report made = run(*planned, *journal);
    if (!made.converged()) print_error("not everything converged\n");
    auto after = plan(ledger);
    if (!after) return worse(fail(after.error()), Exit::not_converged);
    const Exit settled = settle(*planned, *after, ledger);
    if (!made.converged()) return worse(settled, Exit::not_converged);
    if (!after->plan.changes.empty()) {
      report({dsl::problem("R4004", "a second plan is not empty: a rule does not keep what it says",
                           "please report this with the plan below")},
             workspace_.sources);
      print(text_of(*after));
      return Exit::not_converged;
    }
    return settled;
  }

  static dsl::Diagnostics moved() {
    return {dsl::problem("R4006", "the machine changed while you looked at the plan",
                         "run `gopol apply` again")};
  }

  /// What a killed run had begun: its changes are planned again if they are still wanted.
  void take_over(engine::Journal& journal) const {
    for (engine::JournalEntry entry : journal.content().unfinished()) {
      print_error(fmt::format(
          "an earlier run was killed while it changed {}; this run takes over\n", entry.family));
      engine::remove_leftovers(entry, workspace_.host->disk());
      entry.step = engine::Step::failed;
      entry.at = workspace_.host->system().now();
      entry.detail = "killed; taken over by the next run";
      entry.undo = {};
      static_cast<void>(journal.append(entry));
    }
  }

  engine::Report run(const Planned& planned, engine::Journal& journal) {
    engine::Host& host = *workspace_.host;
    const auto begun = host.system().now();
    engine::RunRecord record;
    record.run = fmt::format(
        "{}-{}",
        std::chrono::duration_cast<std::chrono::milliseconds>(begun.time_since_epoch()).count(),
        ::getpid());
    record.commit = loaded_.origin.commit;
    record.place = [this](dsl::SourceSpan span) {
      return fmt::format("{}:{}", workspace_.sources.name(span.source),
                         workspace_.sources.locate(span.source, span.begin).line);
    };
    record.written = [this](dsl::SourceSpan span) { return written_by(workspace_, span); };
    record.tell = [this](const engine::PlannedChange& change, const engine::Outcome* outcome) {
      tell(change, outcome);
    };
    static_cast<void>(journal.begin_run({record.run, "apply", loaded_.origin.name, begun, {}, ""}));
    engine::Report out =
        engine::apply(planned, loaded_.policy, workspace_.providers, host, journal, record);
    static_cast<void>(journal.end_run(record.run, host.system().now(),
                                      out.converged() ? "converged" : "not converged"));
    return out;
  }

  void tell(const engine::PlannedChange& change, const engine::Outcome* outcome) const {
    if (outcome == nullptr) return;
    std::string name = change.change.family;
    if (!change.change.key.empty()) name += fmt::format(" \"{}\"", presentable(change.change.key));
    switch (outcome->kind) {
      case engine::Outcome::Kind::converged:
        print(fmt::format(" {} {}\n", terminal_.paint("ok", "32"), name));
        break;
      case engine::Outcome::Kind::failed:
        print(fmt::format(" {} {}\n", terminal_.paint("failed", "31"), name));
        report(outcome->why, workspace_.sources);
        break;
      case engine::Outcome::Kind::skipped:
        print(fmt::format(" {} {}: {}\n", terminal_.paint("skipped", "33"), name,
                          outcome->why.front().message));
        break;
    }
  }

  /// Nothing is to be changed; what holds now for the first time is remembered.
  Exit settle_unchanged(const Planned& planned, engine::Ledger& ledger) {
    engine::Host& host = *workspace_.host;
    engine::remember(planned, planned, loaded_.policy, host.system().now(), ledger);
    if (!ledger.changed()) return left(planned);
    const auto state =
        engine::open_state(host.disk(), host.system(), engine::state_folder(host.system()));
    if (!state) return fail(state.error());
    const auto lock = engine::RunLock::take(*state, "apply", host.system().now());
    if (!lock) return fail(lock.error());
    auto newest = load_ledger(workspace_);
    if (!newest) return fail(newest.error());
    // A run that was killed after its last change.
    if (const auto known = engine::read_journal(journal_file(*state));
        known && !known->unfinished().empty()) {
      auto journal = engine::Journal::open(journal_file(*state));
      if (!journal) return fail(journal.error());
      take_over(*journal);
    }
    return settle(planned, planned, *newest);
  }

  /// Remembers what holds, under the lock, and answers with the exit code of what is left.
  Exit settle(const Planned& before, const Planned& after, engine::Ledger& ledger) {
    engine::Host& host = *workspace_.host;
    engine::remember(before, after, loaded_.policy, host.system().now(), ledger);
    if (auto saved = ledger.save(host.disk(), ledger_file(workspace_)); !saved) {
      return fail(saved.error());
    }
    if (!before.plan.changes.empty() && after.plan.changes.empty()) {
      print("converged: a second plan is empty\n");
    }
    return left(after);
  }

  Exit left(const Planned& planned) const {
    const Exit out = plan_exit(planned.plan, options_.strict);
    return out == Exit::pending ? Exit::not_converged : out;
  }

  const Options& options_;
  Workspace& workspace_;
  const LoadedPolicy& loaded_;
  const engine::Plan* agreed_;
  Terminal terminal_;
  engine::Confinement guarantee_;
};

}  // namespace

Exit apply_command(const Options& options) {
  if (options.in_place && options.machine.empty()) {
    report({dsl::problem("P0001", "`--in-place` goes with `--machine`", "")}, dsl::SourceMap());
    return Exit::usage;
  }
  Workspace workspace;
  if (auto opened = open_workspace(options, Access::write, workspace); !opened) {
    report(opened.error(), workspace.sources);
    return exit_of(opened.error());
  }
  dsl::Diagnostics warnings;
  report(workspace.plugin_errors, workspace.sources);
  const auto wish = load_to_apply(options, workspace, warnings);
  report(warnings, workspace.sources);
  if (!wish) {
    report(wish.error(), workspace.sources);
    return exit_of(wish.error());
  }
  const engine::Plan* agreed = wish->agreed ? &wish->agreed->plan : nullptr;
  Exit out = Run(options, workspace, wish->loaded, agreed).make();
  if (wish->refused) out = worse(out, Exit::not_converged);
  return worse(out, exit_of(workspace.plugin_errors));
}

}  // namespace gopol::cli
