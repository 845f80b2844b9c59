#include "engine/apply/take_back.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/apply/make_change.h"
#include "engine/apply/undo_files.h"
#include "engine/plan/facts.h"

namespace gopol::engine {
namespace {

/// Makes the steps of a plan, each written down.
class Stepping {
 public:
  explicit Stepping(const TakeBack& with) : with_(with), host_(with.host), next_(with.first) {}

  /// Returns how many failed.
  std::size_t make(const UndoPlan& plan) {
    std::size_t failed = 0;
    for (const UndoStep& step : plan.steps) {
      const UndoOutcome outcome{step, attempt(step)};
      if (!outcome.why.empty()) ++failed;
      if (with_.tell) with_.tell(outcome);
    }
    return failed;
  }

 private:
  dsl::Diagnostics attempt(const UndoStep& step) {
    JournalEntry entry = entry_for(step);
    const Provider* provider = provider_of(with_.providers, step.back.family);
    Prepared prepared;
    if (step.way == UndoStep::Way::inverse) {
      auto now = provider->prepare(step.back, host_);
      if (!now) return now.error();
      prepared = std::move(*now);
    }
    auto images = images_for(step, prepared);
    if (!images) return images.error();
    entry.files = *images;
    if (auto written = with_.journal.append(entry); !written) return written.error();
    dsl::Diagnostics why;
    if (auto done = act(step, prepared, *images, provider); !done) why = done.error();
    if (why.empty() && step.way == UndoStep::Way::inverse)
      why = differences(step.back, observe_again(step.back));
    if (auto ended = finish(std::move(entry), why); !ended)
      why.insert(why.end(), ended.error().begin(), ended.error().end());
    return why;
  }

  Result<std::vector<FileImage>> images_for(const UndoStep& step, const Prepared& prepared) const {
    if (step.way == UndoStep::Way::inverse) return images_of(prepared.edits, host_.disk());
    std::vector<FileImage> out;
    if (step.way == UndoStep::Way::nothing) return out;
    for (const FileImage& before : step.of.front().intent.files) {
      auto now = image_of(before.path, host_.disk());
      if (!now) return now.error();
      out.push_back(std::move(*now));
    }
    return out;
  }

  Result<Done> act(const UndoStep& step, const Prepared& prepared,
                   const std::vector<FileImage>& images, const Provider* provider) {
    switch (step.way) {
      case UndoStep::Way::nothing: return Done{};
      case UndoStep::Way::files:
        return put_back_files(step.of.front(), step.keeps_trees, host_.disk());
      case UndoStep::Way::inverse: break;
    }
    return make_change(step.back, prepared, images, *provider, host_);
  }

  Facts observe_again(const Change& change) const {
    std::vector<Wish> wishes;
    for (const Assignment& one : change.assignments) wishes.push_back({one.slot});
    Facts out;
    collect(wishes, with_.providers, host_, out);
    return out;
  }

  JournalEntry entry_for(const UndoStep& step) {
    JournalEntry out;
    out.at = host_.system().now();
    out.run = with_.run;
    out.change = next_++;
    out.family = step.back.family;
    out.key = step.back.key;
    if (!step.of.empty()) out.rule = step.of.front().intent.rule;
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
    entry.old.clear();
    return with_.journal.append(entry);
  }

  const TakeBack& with_;
  Host& host_;
  std::uint64_t next_;
};

std::set<Slot> standing_slots(const JournalContent& journal) {
  std::set<Slot> out;
  for (const MadeChange& change : standing_changes(journal)) {
    for (const auto& move : change.standing) out.insert(move.slot);
  }
  return out;
}

/// The changes that the journal says were taken back.
std::set<ChangeName> taken_back(const JournalContent& journal) {
  std::set<ChangeName> out;
  for (const JournalEntry& entry : journal.entries) {
    if (entry.step == Step::done) out.insert(entry.takes_back.begin(), entry.takes_back.end());
  }
  return out;
}

}  // namespace

std::size_t take_back(const UndoPlan& plan, const TakeBack& with) {
  return Stepping(with).make(plan);
}

void forget(const UndoPlan& plan, const JournalContent& journal, Ledger& ledger) {
  const std::set<Slot> standing = standing_slots(journal);
  for (const UndoStep& step : plan.steps) {
    for (const MadeChange& change : step.of) {
      for (const auto& move : change.standing) {
        if (!standing.contains(move.slot)) ledger.remove(move.slot);
      }
    }
  }
}

void hold(const UndoPlan& plan, const JournalContent& journal,
          std::chrono::system_clock::time_point now, Ledger& ledger) {
  const std::set<ChangeName> gone = taken_back(journal);
  for (const UndoStep& step : plan.steps) {
    for (const MadeChange& change : step.of) {
      if (!gone.contains(change.name())) continue;
      for (const auto& move : change.standing) {
        const Owned* owned = ledger.find(move.slot);
        if (owned == nullptr) continue;  // gopol had let it go
        const std::string& policy = owned->policy;
        ledger.put_hold(move.slot, {now, change.intent.rule, policy, ledger.version_of(policy)});
      }
    }
  }
}

}  // namespace gopol::engine
