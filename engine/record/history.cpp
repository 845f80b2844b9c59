#include "engine/record/history.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace gopol::engine {
namespace {

using TakenBack = std::map<ChangeName, std::set<Slot>>;

TakenBack taken_back(const JournalContent& journal) {
  TakenBack out;
  for (const JournalEntry& entry : journal.entries) {
    if (entry.step != Step::done) continue;
    for (const ChangeName& change : entry.takes_back) {
      for (const auto& move : entry.moves) out[change].insert(move.slot);
    }
  }
  return out;
}

/// Of a killed run nobody knows: what it was to write tells whether it did.
bool left_traces(const JournalEntry& intent, const JournalEntry& failed) {
  if (failed.after.empty()) return !intent.after.empty();
  return std::any_of(failed.after.begin(), failed.after.end(), [&](const PostImage& now) {
    return std::none_of(intent.files.begin(), intent.files.end(),
                        [&](const FileImage& before) { return post_image(before) == now; });
  });
}

/// What is known of the values with the outcome.
void add_outcome(const JournalEntry& outcome, MadeChange& change) {
  change.finished = true;
  change.after = outcome.after.empty() ? change.intent.after : outcome.after;
  for (auto& move : change.intent.moves) {
    const auto now = std::find_if(outcome.moves.begin(), outcome.moves.end(),
                                  [&](const auto& other) { return other.slot == move.slot; });
    if (now != outcome.moves.end()) move.became = now->became;
  }
}

}  // namespace

std::vector<MadeChange> standing_changes(const JournalContent& journal) {
  std::map<ChangeName, const JournalEntry*> outcomes;
  for (const JournalEntry& entry : journal.entries) {
    if (entry.step != Step::intent) outcomes[{entry.run, entry.change}] = &entry;
  }
  const TakenBack gone = taken_back(journal);
  std::vector<MadeChange> out;
  for (auto entry = journal.entries.rbegin(); entry != journal.entries.rend(); ++entry) {
    if (entry->step != Step::intent || !entry->takes_back.empty()) continue;
    MadeChange change{*entry, entry->after, {}, false};
    const auto outcome = outcomes.find(change.name());
    if (outcome != outcomes.end()) {
      const JournalEntry& end = *outcome->second;
      if (end.step == Step::failed && !left_traces(*entry, end)) continue;
      add_outcome(end, change);
    }
    const auto back = gone.find(change.name());
    for (const auto& move : change.intent.moves) {
      if (back == gone.end() || !back->second.contains(move.slot)) change.standing.push_back(move);
    }
    if (!change.standing.empty()) out.push_back(std::move(change));
  }
  return out;
}

}  // namespace gopol::engine
