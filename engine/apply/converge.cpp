#include "engine/apply/converge.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "engine/plan/agreement.h"
#include "engine/record/leftovers.h"
#include "engine/record/lock.h"
#include "engine/record/state_folder.h"

namespace gopol::engine {
namespace {

using Ending = Convergence::Ending;

void append_to(dsl::Diagnostics& all, const dsl::Diagnostics& more) {
  all.insert(all.end(), more.begin(), more.end());
}

dsl::Diagnostic machine_moved() {
  return dsl::problem("R4006", "the machine changed while you looked at the plan",
                      "run `gopol apply` again");
}

/// The name of a run in the journal. It ends with the process, so that leftovers can be found.
std::string run_name(std::chrono::system_clock::time_point begun) {
  const auto since = begun.time_since_epoch();
  return fmt::format("{}-{}", std::chrono::duration_cast<std::chrono::milliseconds>(since).count(),
                     ::getpid());
}

/// The state folder, held by this run alone.
struct HeldState {
  Path folder;  ///< where it really lies
  RunLock lock;
};

class Converging {
 public:
  Converging(const ConvergeRequest& request, const ConvergeCallbacks& callbacks)
      : request_(request), callbacks_(callbacks), host_(request.host) {}

  Result<Convergence> run() {
    auto ledger = load_ledger();
    if (!ledger) return ledger.error();
    auto planned = plan(*ledger);
    if (!planned) return planned.error();
    if (request_.agreed != nullptr &&
        !same_agreement(*request_.agreed, planned->plan, request_.policy))
      return machine_moved();
    if (callbacks_.show) callbacks_.show(*planned, confinement_);
    if (planned->plan.changes.empty()) return record_unchanged(std::move(*planned), *ledger);
    const auto agreed = callbacks_.consent ? callbacks_.consent(*planned) : Result<bool>(false);
    if (!agreed) return agreed.error();
    if (!*agreed) return Convergence{Ending::declined, {}, std::move(*planned), {}};
    return change(planned->plan);
  }

 private:
  Result<Ledger> load_ledger() const {
    return Ledger::load(host_.disk(), ledger_file(request_.state));
  }

  Result<Done> save(Ledger& ledger) {
    return ledger.save(host_.disk(), ledger_file(request_.state));
  }

  /// Plans where nothing can be written, as far as the system lets us.
  Result<Planned> plan(const Ledger& ledger) {
    const World world{request_.providers, request_.schemas, host_};
    std::optional<Result<Planned>> out;
    confinement_ = run_confined([&] { out = plan_on(request_.policy, world, ledger); });
    return std::move(*out);
  }

  Result<HeldState> hold_state() {
    auto folder = open_state(host_.disk(), host_.system(), request_.state);
    if (!folder) return folder.error();
    auto lock = RunLock::take(*folder, "apply", host_.system().now());
    if (!lock) return lock.error();
    sweep_state(*folder, host_.disk());
    return HeldState{std::move(*folder), std::move(*lock)};
  }

  /// Nothing else of gopol runs from the lock on; what was shown must still be what would be done.
  Result<Convergence> change(const Plan& shown) {
    const auto held = hold_state();
    if (!held) return held.error();
    auto ledger = load_ledger();  // another run may have written it while a person thought
    if (!ledger) return ledger.error();
    auto planned = plan(*ledger);
    if (!planned) return planned.error();
    if (!same_agreement(shown, planned->plan, request_.policy)) return machine_moved();
    auto journal = Journal::open(journal_file(held->folder));
    if (!journal) return journal.error();
    if (auto taken = take_over(*journal); !taken) return taken.error();
    note_before(*planned, request_.policy, host_.system().now(), *ledger);
    if (auto noted = save(*ledger); !noted) return noted.error();
    return apply_and_record(*planned, *journal, *ledger);
  }

  /// What a killed run had begun: its changes are planned again if they are still wanted.
  Result<Done> take_over(Journal& journal) {
    for (JournalEntry entry : journal.content().unfinished()) {
      if (callbacks_.take_over) callbacks_.take_over(entry);
      remove_leftovers(entry, host_.disk());
      entry.step = Step::failed;
      entry.at = host_.system().now();
      entry.detail = "killed; taken over by the next run";
      entry.files.clear();
      if (auto written = journal.append(entry); !written) return written;
    }
    return Done{};
  }

  Result<Convergence> apply_and_record(const Planned& planned, Journal& journal, Ledger& ledger) {
    const auto begun = host_.system().now();
    const RunRecord record{run_name(begun), request_.commit, callbacks_.place, callbacks_.written,
                           callbacks_.tell};
    if (auto written =
            journal.begin_run({record.run, "apply", request_.policy_name, begun, {}, ""});
        !written) {
      return written.error();
    }
    Convergence out{Ending::applied, {}, {}, {}};
    out.report = apply(planned, request_.policy, request_.providers, host_, journal, record);
    const auto ended = journal.end_run(record.run, host_.system().now(),
                                       out.report.converged() ? "converged" : "not converged");
    if (!ended) append_to(out.errors, ended.error());
    auto after = plan(ledger);
    if (!after) {
      append_to(out.errors, after.error());
      return out;
    }
    if (auto kept = record_holding(planned, *after, ledger); !kept)
      append_to(out.errors, kept.error());
    out.left = std::move(*after);
    return out;
  }

  /// Nothing is to be changed; what holds now for the first time is recorded.
  Result<Convergence> record_unchanged(Planned planned, Ledger& ledger) {
    remember(planned, planned, request_.policy, host_.system().now(), ledger);
    if (ledger.changed()) {
      if (auto kept = record_locked(planned); !kept) return kept.error();
    }
    return Convergence{Ending::unchanged, {}, std::move(planned), {}};
  }

  Result<Done> record_locked(const Planned& planned) {
    const auto held = hold_state();
    if (!held) return held.error();
    auto newest = load_ledger();
    if (!newest) return newest.error();
    // A run that was killed after its last change.
    const auto known = read_journal(journal_file(held->folder));
    if (known && !known->unfinished().empty()) {
      auto journal = Journal::open(journal_file(held->folder));
      if (!journal) return journal.error();
      if (auto taken = take_over(*journal); !taken) return taken;
    }
    return record_holding(planned, planned, *newest);
  }

  Result<Done> record_holding(const Planned& before, const Planned& after, Ledger& ledger) {
    remember(before, after, request_.policy, host_.system().now(), ledger);
    return save(ledger);
  }

  const ConvergeRequest& request_;
  const ConvergeCallbacks& callbacks_;
  Host& host_;
  Confinement confinement_;  ///< of the last plan
};

}  // namespace

bool Convergence::converged() const {
  return ending == Ending::applied && report.converged() && errors.empty() && left &&
         left->plan.changes.empty() && left->plan.problems.empty();
}

Result<Convergence> converge(const ConvergeRequest& request, const ConvergeCallbacks& callbacks) {
  return Converging(request, callbacks).run();
}

}  // namespace gopol::engine
