#include "engine/apply/take_back.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/apply/undo_files.h"

namespace gopol::engine {
namespace {

/// Makes the steps of a plan, each written down.
class Stepping {
 public:
  explicit Stepping(const TakeBack& with) : with_(with), host_(with.host), next_(with.first) {}

  NotMade make(const UndoPlan& plan) {
    NotMade out;
    UndoMakers makers(plan, with_.providers, host_, with_.root);
    for (const UndoStep& step : plan.steps) {
      auto maker = makers.maker_of(step);
      const UndoOutcome outcome{
          step, maker ? attempt(step, **maker, makers.inverse_of(step)) : maker.error(), !maker};
      if (outcome.waits)
        ++out.waits;
      else if (!outcome.why.empty())
        ++out.failed;
      if (with_.tell) with_.tell(outcome);
    }
    return out;
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
    if (auto written = with_.journal.append(entry); !written) return written.error();
    dsl::Diagnostics why = act(step, maker, inverse, ready);
    if (step.way == UndoStep::Way::inverse && why.empty()) {
      for (const MadeChange& change : step.of) remove_made_folders(change, host_.disk());
    }
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
      if (!now && !is_hidden(before.path, host_.disk())) return now.error();
      out.push_back(now ? std::move(*now)
                        : FileImage{before.path, {.type = FileStatus::Type::other}, ""});
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

NotMade take_back(const UndoPlan& plan, const TakeBack& with) { return Stepping(with).make(plan); }

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
