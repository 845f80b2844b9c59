#include "engine/apply/undo.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "engine/apply/undo_files.h"
#include "engine/record/held_state.h"
#include "engine/record/state_folder.h"

namespace gopol::engine {
namespace {

bool is_same_step(const UndoStep& a, const UndoStep& b) {
  const auto is_same_move = [](const Assignment& x, const Assignment& y) {
    const auto same = [](const Value& v, const Value& w) {
      return v.is_unknown() ? w.is_unknown() : v == w;
    };
    return x.slot == y.slot && same(x.from, y.from) && same(x.to, y.to);
  };
  return a.way == b.way && a.back.family == b.back.family && a.back.key == b.back.key &&
         std::equal(a.back.assignments.begin(), a.back.assignments.end(),
                    b.back.assignments.begin(), b.back.assignments.end(), is_same_move);
}

bool is_same_plan(const UndoPlan& a, const UndoPlan& b) {
  return a.left.size() == b.left.size() &&
         std::equal(a.steps.begin(), a.steps.end(), b.steps.begin(), b.steps.end(), is_same_step);
}

/// Makes the steps of a plan, each written down.
class Stepping {
 public:
  Stepping(const UndoRequest& request, const UndoCallbacks& callbacks, Journal& journal,
           std::string run)
      : request_(request),
        callbacks_(callbacks),
        host_(request.host),
        journal_(journal),
        run_(std::move(run)) {}

  /// Counts in `out` what was not made.
  void make(const UndoPlan& plan, Undone& out) {
    RootAccess root(request_.root);
    UndoMakers makers(plan, request_.providers, host_, root);
    for (const UndoStep& step : plan.steps) {
      auto maker = makers.maker_of(step);
      UndoOutcome outcome{
          step, maker ? attempt(step, **maker, makers.inverse_of(step)) : maker.error(), !maker};
      if (outcome.waits)
        ++out.waits;
      else if (!outcome.why.empty())
        ++out.failed;
      if (callbacks_.tell) callbacks_.tell(outcome);
    }
  }

 private:
  dsl::Diagnostics attempt(const UndoStep& step, Maker& maker, const PlannedChange& inverse) {
    JournalEntry entry = entry_for(step);
    Ready ready;
    if (step.way == UndoStep::Way::inverse) {
      auto now = maker.look(inverse);
      if (!now) return now.error();
      ready = std::move(*now);
    }
    auto images = images_for(step, ready);
    if (!images) return images.error();
    entry.files = std::move(*images);
    if (auto written = journal_.append(entry); !written) return written.error();
    dsl::Diagnostics why = act(step, maker, inverse, ready);
    if (auto ended = finish(std::move(entry), why); !ended)
      why.insert(why.end(), ended.error().begin(), ended.error().end());
    return why;
  }

  Result<std::vector<FileImage>> images_for(const UndoStep& step, const Ready& ready) const {
    if (step.way == UndoStep::Way::inverse) return ready.images;
    std::vector<FileImage> out;
    if (step.way == UndoStep::Way::nothing) return out;
    for (const FileImage& before : step.of.front().intent.files) {
      auto now = image_of(before.path, host_.disk());
      if (!now) return now.error();
      out.push_back(std::move(*now));
    }
    return out;
  }

  static dsl::Diagnostics act(const UndoStep& step, Maker& maker, const PlannedChange& inverse,
                              const Ready& ready) {
    if (step.way == UndoStep::Way::nothing) return {};
    if (step.way == UndoStep::Way::inverse) return maker.make(inverse, ready).why;
    const auto done = maker.put_back({&step.of.front(), step.keeps_trees});
    return done ? dsl::Diagnostics{} : done.error();
  }

  JournalEntry entry_for(const UndoStep& step) {
    JournalEntry out;
    out.at = host_.system().now();
    out.run = run_;
    out.change = next_++;
    out.family = step.back.family;
    out.key = step.back.key;
    out.rule = step.of.front().intent.rule;
    for (const MadeChange& change : step.of) {
      out.takes_back.push_back(change.name());
      for (const auto& move : change.standing) add_move(move, out);
    }
    return out;
  }

  /// Of the changes of one slot the newest says what it was, the oldest what it becomes.
  static void add_move(const JournalEntry::Move& move, JournalEntry& into) {
    const auto known = std::find_if(into.moves.begin(), into.moves.end(),
                                    [&](const auto& other) { return other.slot == move.slot; });
    if (known == into.moves.end()) {
      into.moves.push_back({move.slot, move.to, move.from, move.became, {}});
    } else {
      known->to = move.from;
    }
  }

  Result<Done> finish(JournalEntry entry, const dsl::Diagnostics& why) {
    entry.step = why.empty() ? Step::done : Step::failed;
    entry.at = host_.system().now();
    if (!why.empty()) entry.detail = why.front().message;
    if (auto after = post_images(entry.files, host_.disk())) entry.after = std::move(*after);
    entry.files.clear();
    return journal_.append(entry);
  }

  const UndoRequest& request_;
  const UndoCallbacks& callbacks_;
  Host& host_;
  Journal& journal_;
  const std::string run_;
  std::uint64_t next_ = 0;
};

class Undoing {
 public:
  Undoing(const UndoRequest& request, const UndoCallbacks& callbacks)
      : request_(request), callbacks_(callbacks), host_(request.host) {}

  Result<Undone> run() {
    auto journal = known_journal();
    if (!journal) return journal.error();
    auto shown = plan(*journal);
    if (!shown) return shown.error();
    if (callbacks_.show) callbacks_.show(*shown, confinement_);
    if (shown->steps.empty() && request_.leaves.empty())
      return Undone{Undone::Ending::nothing, std::move(shown->left)};
    const auto agreed = callbacks_.consent ? callbacks_.consent(*shown) : Result<bool>(false);
    if (!agreed) return agreed.error();
    if (!*agreed) return Undone{Undone::Ending::declined, std::move(shown->left)};
    return change(*shown);
  }

 private:
  Result<JournalContent> known_journal() const {
    const auto file = std::as_const(host_).disk().real_path(journal_file(request_.state));
    if (!file) return file.error();
    return read_journal(*file);
  }

  Result<UndoPlan> plan(const JournalContent& journal) {
    const Host& reading = host_;
    std::optional<Result<UndoPlan>> out;
    confinement_ = run_confined(
        [&] { out = plan_undo(request_.choice, journal, request_.providers, reading); });
    return std::move(*out);
  }

  /// Nothing else of gopol runs from the lock on; what was shown must still be what would be done.
  Result<Undone> change(const UndoPlan& shown) {
    const auto held = hold_state(host_, request_.state, "undo");
    if (!held) return held.error();
    auto journal = Journal::open(journal_file(held->folder));
    if (!journal) return journal.error();
    auto again = plan(journal->content());
    if (!again) return again.error();
    if (!is_same_plan(shown, *again))
      return dsl::problem("R4006", "the machine changed while you looked at the plan",
                          "run `gopol undo` again");
    if (auto closed = close_unfinished(*journal, host_, callbacks_.take_over); !closed)
      return closed.error();
    auto ledger = Ledger::load(host_.disk(), ledger_file(request_.state));
    if (!ledger) return ledger.error();
    return make(*again, *journal, *ledger);
  }

  Result<Undone> make(const UndoPlan& plan, Journal& journal, Ledger& ledger) {
    const auto begun = host_.system().now();
    const std::string run = run_name(begun, journal.content());
    if (auto written = journal.begin_run({run, "undo", "", begun, {}, ""}); !written)
      return written.error();
    Undone out{Undone::Ending::made, plan.left};
    Stepping(request_, callbacks_, journal, run).make(plan, out);
    const bool whole = out.failed == 0 && out.waits == 0 && out.left.empty();
    note(journal.end_run(run, host_.system().now(), whole ? "taken back" : "not all taken back"),
         out);
    forget(plan, journal.content(), ledger);
    note(ledger.save(host_.disk(), ledger_file(request_.state)), out);
    leave(out);
    return out;
  }

  /// What is still to be taken back needs the journal: then gopol stays.
  void leave(Undone& out) {
    const auto may_go_back = [](const NotTakenBack& one) {
      return one.kind == NotTakenBack::Kind::failed;
    };
    const bool stays = out.failed > 0 || out.waits > 0 || !out.errors.empty() ||
                       std::any_of(out.left.begin(), out.left.end(), may_go_back);
    if (stays || request_.leaves.empty()) return;
    for (const Path& folder : request_.leaves) note(host_.disk().remove_tree(folder), out);
    out.has_left = out.errors.empty();
  }

  static void note(const Result<Done>& done, Undone& out) {
    if (done) return;
    out.errors.insert(out.errors.end(), done.error().begin(), done.error().end());
  }

  /// gopol owns no slot any more of whose changes none stands. Of another it knows no more what it
  /// was when it last converged.
  void forget(const UndoPlan& plan, const JournalContent& journal, Ledger& ledger) {
    std::set<Slot> standing;
    for (const MadeChange& change : standing_changes(journal)) {
      for (const auto& move : change.standing) standing.insert(move.slot);
    }
    for (const UndoStep& step : plan.steps) {
      for (const MadeChange& change : step.of) {
        for (const auto& move : change.standing) {
          if (!standing.contains(move.slot)) ledger.remove(move.slot);
        }
      }
    }
  }

  const UndoRequest& request_;
  const UndoCallbacks& callbacks_;
  Host& host_;
  Confinement confinement_;  ///< of the last plan
};

}  // namespace

Result<Undone> undo(const UndoRequest& request, const UndoCallbacks& callbacks) {
  return Undoing(request, callbacks).run();
}

}  // namespace gopol::engine
