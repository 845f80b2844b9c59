#include "engine/apply/undo.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/apply/take_back.h"
#include "engine/apply/undo_folders.h"
#include "engine/record/held_state.h"
#include "engine/record/leftovers.h"
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
    if (shown->steps.empty() && request_.leaves.empty()) {
      sweep_state(request_.state, host_.disk());  // a killed one may have left no more than that
      return Undone{Undone::Ending::nothing, std::move(shown->left)};
    }
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
    if (auto closed = close_killed(*journal, host_, callbacks_.take_over); !closed)
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
    RootAccess root(request_.root, journal.content().kept_names());
    const NotMade not_made =
        take_back(plan, {request_.providers, host_, journal, root, run, callbacks_.tell});
    out.failed = not_made.failed;
    out.waits = not_made.waits;
    out.made = plan.steps.size() - out.failed - out.waits;
    const bool whole = out.failed == 0 && out.waits == 0 && out.left.empty();
    note(journal.end_run(run, host_.system().now(), whole ? "taken back" : "not all taken back"),
         out);
    if (request_.leaves.empty()) hold(plan, journal.content(), begun, ledger);
    forget(plan, journal.content(), ledger);
    note(ledger.save(host_.disk(), ledger_file(request_.state)), out);
    leave(root, out);
    return out;
  }

  /// What is still to be taken back needs the journal: then gopol stays.
  void leave(RootAccess& root, Undone& out) {
    const auto may_go_back = [](const NotTakenBack& one) {
      return one.kind == NotTakenBack::Kind::failed;
    };
    const bool stays = out.failed > 0 || out.waits > 0 || !out.errors.empty() ||
                       std::any_of(out.left.begin(), out.left.end(), may_go_back);
    if (stays || request_.leaves.empty() || !forget_kept_by_root(root, out)) return;
    const auto made = folders_made_for(request_.state, host_.disk());
    for (const Path& folder : request_.leaves) {
      note(host_.disk().remove_tree(folder), out);
      remove_own_parent(folder);
    }
    for (auto folder = made.rbegin(); folder != made.rend(); ++folder) {
      const auto names = std::as_const(host_).disk().list(*folder);
      if (names && names->empty()) static_cast<void>(host_.disk().remove(*folder));
    }
    out.has_left = out.errors.empty();
  }

  /// Root's folder goes with the last file in it. False: it waits for an administrator.
  bool forget_kept_by_root(RootAccess& root, Undone& out) {
    const Host& reading = host_;
    const Path folder = kept_by_root(reading.system());
    const auto is_there = [&] {
      const auto status = reading.disk().stat(folder);
      return status && status->type == FileStatus::Type::folder;
    };
    if (!is_there()) return true;
    const auto maker = root.maker();
    const bool has_swept = maker && (*maker)->forget_kept() && !is_there();
    out.waits += has_swept ? 0 : 1;
    return has_swept;
  }

  /// The folder above, if it is gopol's too and nothing else is in it.
  void remove_own_parent(const Path& folder) {
    const Path above = folder.parent();
    const auto names = host_.disk().list(above);
    if (above.name() == "gopol" && names && names->empty())
      static_cast<void>(host_.disk().remove(above));
  }

  static void note(const Result<Done>& done, Undone& out) {
    if (done) return;
    out.errors.insert(out.errors.end(), done.error().begin(), done.error().end());
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
