#include "engine/apply/converge.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "engine/apply/remember.h"
#include "engine/apply/undo_folders.h"
#include "engine/plan/agreement.h"
#include "engine/plan/disclosure.h"
#include "engine/record/held_state.h"
#include "engine/record/old_bytes.h"
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

Convergence ended(Ending ending, Planned left) {
  Convergence out;
  out.ending = ending;
  out.left = std::move(left);
  return out;
}

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
    if (!planned->plan.has_work()) return record_unchanged(std::move(*planned), *ledger);
    const auto agreed = callbacks_.consent ? callbacks_.consent(*planned) : Result<bool>(false);
    if (!agreed) return agreed.error();
    if (!*agreed) return ended(Ending::declined, std::move(*planned));
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
    Past past = request_.past;
    past.ledger = &ledger;
    past.now = std::as_const(host_).system().now();
    confinement_ = run_confined([&] { out = plan_on(request_.policy, world, past); });
    return std::move(*out);
  }

  /// Nothing else of gopol runs from the lock on; what was shown must still be what would be done.
  Result<Convergence> change(const Plan& shown) {
    const auto held = hold_state(host_, request_.state, "apply");
    if (!held) return held.error();
    auto ledger = load_ledger();  // another run may have written it while a person thought
    if (!ledger) return ledger.error();
    auto planned = plan(*ledger);
    if (!planned) return planned.error();
    if (!same_agreement(shown, planned->plan, request_.policy)) return machine_moved();
    auto journal = Journal::open(journal_file(held->folder));
    if (!journal) return journal.error();
    if (auto taken = close_killed(*journal, host_, callbacks_.take_over); !taken)
      return taken.error();
    journal->forget_older(host_.system().now(), request_.keep_old, ledger->old_names());
    if (auto kept = keep_secrets_apart(planned->plan, held->folder, *ledger); !kept)
      return kept.error();
    note_before(*planned, request_.policy, host_.system().now(), *ledger, request_.past.policy);
    if (auto noted = save(*ledger); !noted) return noted.error();
    return apply_and_record(*planned, *journal, *ledger);
  }

  /// What the files of a change hold is kept before the ledger says what its slots were: it then
  /// says where that lies.
  Result<Done> keep_secrets_apart(const Plan& plan, const Path& state, Ledger& ledger) {
    const Disk& disk = std::as_const(host_).disk();
    for (const PlannedChange& planned : plan.changes) {
      const auto& moved = planned.change.assignments;
      const bool may = std::any_of(moved.begin(), moved.end(), [](const Assignment& one) {
        return may_hold_secret(one.slot, one.from);
      });
      const auto images = may ? images_of(planned.prepared.edits, disk)
                              : Result<std::vector<FileImage>>(std::vector<FileImage>());
      if (!images) continue;  // looked at again when it is due, perhaps by root
      for (const FileImage& image : *images) {
        if (image.status.type != FileStatus::Type::regular || image.bytes.empty()) continue;
        if (auto put = OldBytes(state).put(image.bytes); !put) return put;
        ledger.know_old(image.bytes);
      }
    }
    return Done{};
  }

  Result<Convergence> apply_and_record(const Planned& planned, Journal& journal, Ledger& ledger) {
    const auto begun = host_.system().now();
    RootAccess root(request_.root, journal.content().kept_names());
    const RunRecord record{run_name(begun, journal.content()),
                           request_.commit,
                           callbacks_.place,
                           callbacks_.written,
                           callbacks_.tell,
                           &root,
                           request_.state};
    if (auto written =
            journal.begin_run({record.run, "apply", request_.policy_name, begun, {}, ""});
        !written) {
      return written.error();
    }
    Convergence out;
    out.ending = Ending::applied;
    out.report = apply(planned, request_.policy, request_.providers, host_, journal, record);
    give_back(planned.plan, record, journal, ledger, out);
    const bool all = out.report.converged() && out.not_given_back == 0;
    const auto ended =
        journal.end_run(record.run, host_.system().now(), all ? "converged" : "not converged");
    if (!ended) append_to(out.errors, ended.error());
    auto after = plan(ledger);
    if (!after) {
      append_to(out.errors, after.error());
      return out;
    }
    if (auto kept = record_holding(planned, *after, ledger); !kept)
      append_to(out.errors, kept.error());
    journal.forget_older(host_.system().now(), request_.keep_old, ledger.old_names());
    out.left = std::move(*after);
    return out;
  }

  /// As an undo of what runs did to these slots; but nothing is held.
  void give_back(const Plan& plan, const RunRecord& record, Journal& journal, Ledger& ledger,
                 Convergence& out) {
    UndoChoice choice;
    for (const Item* item : plan.given_back()) {
      if (const Owned* owned = ledger.find(item->slot))
        choice.give_back[item->slot] = {owned->before, item->target};
    }
    if (choice.give_back.empty()) return;
    const auto back = plan_undo(choice, journal.content(), request_.providers, host_);
    if (!back) return append_to(out.errors, back.error());
    std::set<Slot> stay;
    const auto tell = [&](const UndoOutcome& outcome) {
      if (!outcome.why.empty()) {
        ++out.not_given_back;
        for (const Assignment& one : outcome.step.back.assignments) stay.insert(one.slot);
      }
      if (callbacks_.tell_back) callbacks_.tell_back(outcome);
    };
    take_back(*back, {request_.providers, host_, journal, *record.root, record.run, tell,
                      plan.changes.size()});
    for (const NotTakenBack& left : back->left) {
      stay.insert(left.slot);
      note_left(left, ledger, out);
    }
    for (const auto& [slot, target] : choice.give_back) {
      if (!stay.contains(slot)) ledger.remove(slot);
    }
  }

  /// What cannot be given back is still gopol's.
  void note_left(const NotTakenBack& left, Ledger& ledger, Convergence& out) {
    if (left.kind != NotTakenBack::Kind::one_way) {
      ++out.not_given_back;
      out.errors.push_back(dsl::problem(
          "R4002", fmt::format("cannot give back `{}`: {}", dsl::to_text(left.slot), left.why)));
      return;
    }
    const Owned* known = ledger.find(left.slot);
    if (known == nullptr) return;
    Owned owned = *known;
    owned.stays = left.why;
    ledger.put(left.slot, std::move(owned));
  }

  /// Nothing is to be changed; what holds now for the first time is recorded.
  Result<Convergence> record_unchanged(Planned planned, Ledger& ledger) {
    note(planned, planned, ledger);
    if (ledger.changed() || has_unfinished()) {
      if (auto kept = record_locked(planned); !kept) return kept.error();
    }
    return ended(Ending::unchanged, std::move(planned));
  }

  /// Whether a run was killed, or could not write down how it ended.
  bool has_unfinished() const {
    const auto file = std::as_const(host_).disk().real_path(journal_file(request_.state));
    const auto known = file ? read_journal(*file) : file.error();
    return known && !known->unfinished().empty();
  }

  Result<Done> record_locked(const Planned& planned) {
    const auto held = hold_state(host_, request_.state, "apply");
    if (!held) return held.error();
    auto newest = load_ledger();
    if (!newest) return newest.error();
    // A run that was killed after its last change.
    const auto known = read_journal(journal_file(held->folder));
    if (known && !known->unfinished().empty()) {
      auto journal = Journal::open(journal_file(held->folder));
      if (!journal) return journal.error();
      if (auto taken = close_killed(*journal, host_, callbacks_.take_over); !taken) return taken;
    }
    return record_holding(planned, planned, *newest);
  }

  Result<Done> record_holding(const Planned& before, const Planned& after, Ledger& ledger) {
    note(before, after, ledger);
    return save(ledger);
  }

  void note(const Planned& before, const Planned& after, Ledger& ledger) const {
    const Past& past = request_.past;
    remember(before, after, request_.policy, host_.system().now(), ledger, past.policy);
    const bool owns = !ledger.slots().empty() || !ledger.holds().empty();
    if (owns && !past.policy.empty()) ledger.note_version(past.policy, past.version);
    std::vector<Slot> over;
    for (const auto& [slot, hold] : ledger.holds()) {
      const bool of_this = hold.policy.empty() || hold.policy == past.policy;
      const bool late = host_.system().now() >= hold.since + longest_hold;
      const bool ended = of_this && (past.ends_holds || hold.version != past.version);
      if (late || ended) over.push_back(slot);
    }
    for (const Slot& slot : over) ledger.remove_hold(slot);
  }

  const ConvergeRequest& request_;
  const ConvergeCallbacks& callbacks_;
  Host& host_;
  Confinement confinement_;  ///< of the last plan
};

}  // namespace

bool Convergence::converged() const {
  return ending == Ending::applied && report.converged() && errors.empty() && left &&
         not_given_back == 0 && !left->plan.has_work() && left->plan.problems.empty();
}

Result<Convergence> converge(const ConvergeRequest& request, const ConvergeCallbacks& callbacks) {
  return Converging(request, callbacks).run();
}

}  // namespace gopol::engine
