#include "engine/apply/apply.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/encoding/sha256.h"
#include "engine/plan/set_aside.h"

namespace gopol::engine {
namespace {

class Run {
 public:
  Run(const Planned& planned, const dsl::Policy& policy, const Providers& providers, Host& host,
      Journal& journal, const RunRecord& record)
      : plan_(planned.plan),
        facts_(planned.facts),
        policy_(policy),
        host_(host),
        journal_(journal),
        record_(record),
        here_(maker_here(providers, host)) {}

  Report make() {
    // By stage: what was not made before it.
    std::vector<std::optional<Outcome>> blocked(plan_.stages.size());
    const std::vector<bool> waits = behind_root();
    for (const Stage& stage : plan_.stages) {
      if (record_.root != nullptr && stage.change && needs_root(plan_.changes[*stage.change]))
        record_.root->agree(plan_.changes[*stage.change]);
    }
    for (const bool root : {false, true}) {
      for (std::size_t i = 0; i < plan_.stages.size(); ++i) {
        if (waits[i] == root) make_stage(plan_.stages[i], blocked, blocked[i]);
      }
    }
    return std::move(report_);
  }

 private:
  /// By stage: whether it needs root, or comes after one that does. All else is made first.
  std::vector<bool> behind_root() const {
    std::vector<bool> out(plan_.stages.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
      const Stage& stage = plan_.stages[i];
      out[i] = (stage.change && needs_root(plan_.changes[*stage.change])) ||
               std::any_of(stage.before.begin(), stage.before.end(),
                           [&](std::uint32_t earlier) { return out[earlier]; });
    }
    return out;
  }

  static bool needs_root(const PlannedChange& planned) {
    return planned.prepared.demands.needs_root;
  }

  void make_stage(const Stage& stage, const std::vector<std::optional<Outcome>>& blocked,
                  std::optional<Outcome>& block) {
    for (const std::uint32_t earlier : stage.before) {
      if (!block) block = blocked[earlier];
    }
    if (!stage.change) return;
    Outcome outcome = block ? behind(*block, *stage.change) : attempt(*stage.change);
    if (outcome.kind != Outcome::Kind::converged && !block) block = outcome;
    if (record_.tell) record_.tell(plan_.changes[*stage.change], &outcome);
    report_.outcomes.push_back(std::move(outcome));
  }

  /// Of a change that comes after one that was not made.
  Outcome behind(const Outcome& earlier, std::uint32_t index) const {
    const bool waits = earlier.kind == Outcome::Kind::waits;
    const std::string name = name_of(plan_.changes[earlier.change].change);
    Outcome out{waits ? Outcome::Kind::waits : Outcome::Kind::skipped, index, {}};
    out.why.push_back(dsl::problem(
        "R4002", waits ? fmt::format("it comes after {}", name)
                       : fmt::format("it waits for {}, which did not converge", name)));
    return out;
  }

  Outcome attempt(std::uint32_t index) {
    const PlannedChange& planned = plan_.changes[index];
    const auto found = maker_of(planned);
    if (!found) return {Outcome::Kind::waits, index, found.error()};
    if (record_.tell) record_.tell(planned, nullptr);
    Maker& maker = **found;
    Outcome out{Outcome::Kind::failed, index, {}};
    auto ready = maker.look(planned);
    const auto same = ready ? writes_.check_unchanged(planned.prepared, ready->prepared)
                            : Result<Done>(ready.error());
    if (!same) {
      out.why = same.error();
      return out;
    }
    JournalEntry entry = entry_for(index);
    if (!record_.state.empty())
      maker.keep_files(*ready, record_.state / "old" / fmt::format("{}-{}", record_.run, index));
    note_files(*ready, entry);
    if (auto written = journal_.append(entry); !written) {
      out.why = written.error();
      return out;
    }
    writes_.add(ready->prepared);
    Made made = maker.make(planned, *ready);
    note_values(made.seen, entry);
    out.why = std::move(made.why);
    out.kind = out.why.empty() ? Outcome::Kind::converged : Outcome::Kind::failed;
    if (!made.after.empty()) entry.after = std::move(made.after);
    finish(std::move(entry), out);
    return out;
  }

  Result<Maker*> maker_of(const PlannedChange& planned) {
    if (!needs_root(planned)) return here_.get();
    if (record_.root == nullptr) return dsl::problem("R4005", "it needs root");
    return record_.root->maker();
  }

  /// What was there before, and what its edits will make of it: enough to take the change back.
  static void note_files(const Ready& ready, JournalEntry& entry) {
    const Prepared& prepared = ready.prepared;
    entry.files = ready.files();
    entry.trees = ready.trees;
    const auto is_unknown = [&](const Prepared::Write& write) {
      return std::none_of(prepared.images.begin(), prepared.images.end(),
                          [&](const FileImage& one) { return one.path == write.path; });
    };
    entry.beyond_files = (prepared.edits.empty() && prepared.images.empty()) ||
                         std::any_of(prepared.writes.begin(), prepared.writes.end(), is_unknown);
    entry.irreversible = prepared.demands.irreversible;
    for (const FileEdit& edit : prepared.edits) entry.after.push_back(expected(edit));
  }

  /// What an edit will have made.
  static PostImage expected(const FileEdit& edit) {
    PostImage out{edit.path, ""};
    switch (edit.kind) {
      case FileEdit::Kind::write: out.sha256 = sha256(edit.bytes); break;
      case FileEdit::Kind::attributes: out.mode = edit.attributes.mode; break;
      case FileEdit::Kind::folder: out.type = FileStatus::Type::folder; break;
      case FileEdit::Kind::link:
        out.type = FileStatus::Type::symlink;
        out.sha256 = sha256(edit.bytes);
        break;
      case FileEdit::Kind::remove:
      case FileEdit::Kind::remove_folder: out.type = FileStatus::Type::absent; break;
    }
    return out;
  }

  static void note_values(const Facts& seen, JournalEntry& entry) {
    for (JournalEntry::Move& move : entry.moves) {
      if (const Observation* now = seen.find(move.slot)) move.became = set_value(*now);
    }
  }

  /// The value that is set: Absent where only a default shows through.
  static Value set_value(const Observation& seen) {
    return seen.inherited ? Value(dsl::Absent{}) : seen.value;
  }

  JournalEntry entry_for(std::uint32_t index) const {
    const PlannedChange& planned = plan_.changes[index];
    JournalEntry out;
    out.at = host_.system().now();
    out.run = record_.run;
    out.change = index;
    out.family = planned.change.family;
    out.key = planned.change.key;
    for (const Assignment& assignment : planned.change.assignments) {
      const Observation* before = facts_.find(assignment.slot);
      out.moves.push_back({assignment.slot, dsl::to_text(assignment.from),
                           assignment.to.is_unknown() ? dsl::to_text(assignment.allowed)
                                                      : dsl::to_text(assignment.to),
                           before == nullptr ? assignment.from : set_value(*before)});
      // What it is to be; the outcome says what it became, if the run comes so far.
      if (!assignment.to.is_unknown()) out.moves.back().became = assignment.to;
    }
    note_authors(planned, out);
    out.rule = policy_.rules[planned.rule].name;
    out.place = record_.place ? record_.place(plan_.items[planned.items.front()].place) : "";
    out.commit = record_.commit;
    out.because = policy_.rules[planned.rule].because;
    out.written = author_of(plan_.items[planned.items.front()]);
    return out;
  }

  std::optional<BlameCommit> author_of(const Item& item) const {
    const auto* commit = record_.written ? record_.written(item.place) : nullptr;
    return commit == nullptr ? std::nullopt : std::optional(*commit);
  }

  /// Lines of one rule have authors of their own.
  void note_authors(const PlannedChange& planned, JournalEntry& entry) const {
    const Item& first = plan_.items[planned.items.front()];
    for (const std::uint32_t index : planned.items) {
      const Item& item = plan_.items[index];
      if (!record_.place || item.place == first.place) continue;
      const auto move = std::find_if(entry.moves.begin(), entry.moves.end(),
                                     [&](const auto& one) { return one.slot == item.slot; });
      if (move == entry.moves.end()) continue;
      move->place = record_.place(item.place);
      move->written = author_of(item);
    }
  }

  void finish(JournalEntry entry, Outcome& outcome) {
    const bool converged = outcome.kind == Outcome::Kind::converged;
    entry.step = converged ? Step::done : Step::failed;
    entry.at = host_.system().now();
    if (!converged) entry.detail = outcome.why.front().message;
    entry.files.clear();
    entry.old.clear();  // the intent holds them
    entry.written.reset();
    for (JournalEntry::Move& move : entry.moves) move.written.reset();
    if (auto written = journal_.append(entry); !written) {
      outcome.kind = Outcome::Kind::failed;
      for (const auto& error : written.error()) outcome.why.push_back(error);
    }
  }

  const Plan& plan_;
  const Facts& facts_;
  const dsl::Policy& policy_;
  const Host& host_;
  Journal& journal_;
  const RunRecord& record_;
  const std::unique_ptr<Maker> here_;
  Report report_;
  RunWrites writes_;
};

}  // namespace

bool Report::converged() const {
  return std::all_of(outcomes.begin(), outcomes.end(), [](const Outcome& outcome) {
    return outcome.kind == Outcome::Kind::converged;
  });
}

bool Report::has(Outcome::Kind kind) const {
  return std::any_of(outcomes.begin(), outcomes.end(),
                     [&](const Outcome& outcome) { return outcome.kind == kind; });
}

Report apply(const Planned& planned, const dsl::Policy& policy, const Providers& providers,
             Host& host, Journal& journal, const RunRecord& record) {
  return Run(planned, policy, providers, host, journal, record).make();
}

}  // namespace gopol::engine
