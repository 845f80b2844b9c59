#include "engine/apply/apply.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/apply/make_change.h"
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
        providers_(providers),
        host_(host),
        journal_(journal),
        record_(record) {}

  Report make() {
    // By stage: what was not made before it.
    std::vector<std::optional<Outcome>> blocked(plan_.stages.size());
    for (std::size_t i = 0; i < plan_.stages.size(); ++i) {
      const Stage& stage = plan_.stages[i];
      for (const std::uint32_t earlier : stage.before) {
        if (!blocked[i]) blocked[i] = blocked[earlier];
      }
      if (!stage.change) continue;
      const PlannedChange& planned = plan_.changes[*stage.change];
      Outcome outcome = blocked[i] ? behind(*blocked[i], *stage.change) : attempt(*stage.change);
      if (outcome.kind != Outcome::Kind::converged && !blocked[i]) blocked[i] = outcome;
      if (record_.tell) record_.tell(planned, &outcome);
      report_.outcomes.push_back(std::move(outcome));
    }
    return std::move(report_);
  }

 private:
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
    if (planned.prepared.demands.needs_root && !record_.may_use_root)
      return {Outcome::Kind::waits, index, {dsl::problem("R4005", "it needs root")}};
    if (record_.tell) record_.tell(planned, nullptr);
    Outcome out{Outcome::Kind::failed, index, {}};
    const Provider* provider = provider_of(providers_, planned.change.family);
    const auto prepared = prepare_again(planned, *provider);
    auto images = prepared ? images_of(prepared->edits, host_.disk()) : prepared.error();
    if (!images) {
      out.why = images.error();
      return out;
    }
    JournalEntry entry = entry_for(index);
    note_files(*prepared, *images, entry);
    if (auto written = journal_.append(entry); !written) {
      out.why = written.error();
      return out;
    }
    writes_.add(*prepared);
    if (auto done = make_change(planned.change, *prepared, *images, *provider, host_); !done) {
      out.why = done.error();
    } else {
      const Facts seen = observe_again(planned.change);
      out.why = differences(planned.change, seen);
      note_values(seen, entry);
    }
    out.kind = out.why.empty() ? Outcome::Kind::converged : Outcome::Kind::failed;
    finish(std::move(entry), out);
    return out;
  }

  /// What was there before, and what its edits will make of it: enough to take the change back.
  void note_files(const Prepared& prepared, const std::vector<FileImage>& images,
                  JournalEntry& entry) const {
    const auto add = [&](const FileImage& image) { entry.files.push_back(image); };
    for (const Prepared::Write& write : prepared.writes) {
      const auto image = std::find_if(prepared.images.begin(), prepared.images.end(),
                                      [&](const auto& one) { return one.path == write.path; });
      const bool known = image != prepared.images.end();
      entry.beyond_files = entry.beyond_files || !known;
      if (known && write.whole && image->status.type == FileStatus::Type::absent)
        entry.trees.push_back(write.path);
      const auto folders = missing_folders(write.path, host_.disk());
      std::for_each(folders.begin(), folders.end(), add);
    }
    entry.beyond_files = entry.beyond_files || (prepared.edits.empty() && prepared.images.empty());
    std::for_each(prepared.images.begin(), prepared.images.end(), add);
    std::for_each(images.begin(), images.end(), add);
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

  /// What the change would write now: what the plan showed, unless another change of this run moved
  /// the files.
  Result<Prepared> prepare_again(const PlannedChange& planned, const Provider& provider) const {
    auto now = provider.prepare(planned.change, host_);
    if (!now) return now;
    if (auto same = writes_.check_unchanged(planned.prepared, *now); !same) return same.error();
    return now;
  }

  Facts observe_again(const Change& change) {
    std::vector<Wish> wishes;
    const Provider* provider = provider_of(providers_, change.family);
    for (const Assignment& wanted : change.wanted) {
      const auto& attributes = provider->schema().attributes;
      const bool input =
          std::any_of(attributes.begin(), attributes.end(), [&](const auto& attribute) {
            return attribute.input && attribute.name == wanted.slot.attribute;
          });
      wishes.push_back({wanted.slot, wanted.to, input});
    }
    for (const Assignment& assignment : change.assignments) wishes.push_back({assignment.slot});
    Facts out;
    collect(wishes, providers_, host_, out);
    return out;
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
    if (auto after = post_images(entry.files, host_.disk())) entry.after = std::move(*after);
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
  const Providers& providers_;
  Host& host_;
  Journal& journal_;
  const RunRecord& record_;
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
