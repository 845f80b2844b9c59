#include "engine/apply/undo_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/apply/undo_files.h"
#include "engine/apply/undo_folders.h"
#include "engine/apply/undo_trees.h"
#include "engine/plan/disclosure.h"
#include "engine/plan/facts.h"
#include "engine/plan/given_back.h"

namespace gopol::engine {
namespace {

using Move = JournalEntry::Move;

/// Moves of the slots alone: of one that is given back those since it was as before gopol came.
std::vector<MadeChange> of_slots(std::vector<MadeChange> standing, const UndoChoice& choice) {
  std::set<Slot> complete;
  const auto is_other = [&](const Move& move) {
    if (choice.slot) return move.slot != *choice.slot;
    const auto back = choice.give_back.find(move.slot);
    if (back == choice.give_back.end() || complete.contains(move.slot)) return true;
    if (move.was && *move.was == back->second.before) complete.insert(move.slot);
    return false;
  };
  for (MadeChange& change : standing) std::erase_if(change.standing, is_other);
  std::erase_if(standing, [](const MadeChange& change) { return change.standing.empty(); });
  return standing;
}

/// Of the standing changes those that are asked for, and of them the moves.
std::vector<MadeChange> chosen(const UndoChoice& choice, std::vector<MadeChange> standing) {
  if (choice.all) return standing;
  if (choice.slot || !choice.give_back.empty()) return of_slots(std::move(standing), choice);
  const std::string last = standing.empty() ? "" : standing.front().intent.run;
  const bool by_run = choice.rule.empty();
  const std::string& run = choice.run.empty() ? last : choice.run;
  std::erase_if(standing, [&](const MadeChange& change) {
    if (by_run) return change.intent.run != run;
    return change.intent.rule != choice.rule;
  });
  return standing;
}

Result<Done> check_known(const UndoChoice& choice, const JournalContent& journal) {
  const auto& entries = journal.entries;
  const auto has = [&](auto holds) { return std::any_of(entries.begin(), entries.end(), holds); };
  if (!choice.run.empty() && !has([&](const auto& e) { return e.run == choice.run; }))
    return dsl::problem("P0001", fmt::format("the journal knows no run `{}`", choice.run),
                        "`gopol log` shows the runs");
  if (!choice.rule.empty() && !has([&](const auto& e) { return e.rule == choice.rule; }))
    return dsl::problem("P0001", fmt::format("no rule `{}` changed anything here", choice.rule),
                        "`gopol log` shows what was changed, and by which rule");
  return Done{};
}

dsl::Allowed exactly(const Value& value) {
  dsl::Allowed out;
  out.one_of = std::vector<Value>{value};
  return out;
}

/// All moves of one slot that are to be taken back, the newest first.
struct SlotBack {
  Slot slot;
  std::vector<Move> moves;

  bool is_known() const {
    return std::all_of(moves.begin(), moves.end(),
                       [](const Move& move) { return move.was && move.became; });
  }
  const Value& was() const { return *moves.back().was; }
  const Value& became() const { return *moves.front().became; }
  /// Whether `now` is what gopol made it: by the last move, or by the one before if somebody took
  /// the last one back.
  bool is_ours(const Value& now) const {
    if (now == became()) return true;
    const bool earlier = moves.size() > 1 && *moves[0].was == *moves[1].became;
    return earlier && now == *moves[0].was;
  }
  /// A list with each move's own elements out again; nullopt if it is none.
  std::optional<Value> merged(const Value& now) const {
    std::optional<Value> out = now;
    for (const Move& move : moves) {
      if (out) out = list_back(*out, *move.was, *move.became);
    }
    return out;
  }
};

class Planning {
 public:
  Planning(std::vector<MadeChange> changes, const UndoChoice& choice, const Providers& providers,
           const Host& host)
      : changes_(std::move(changes)), choice_(choice), providers_(providers), host_(host) {}

  UndoPlan make() {
    find_wanted();
    find_inverses();
    FilesThen files(host_.disk());
    for (const MadeChange& change : changes_) {
      if (change.intent.irreversible) leave_out(change, "it has no way back");
      if (change.intent.irreversible || is_inverse(change)) continue;
      UndoStep step;
      step.way = files.are_as_before(change) ? UndoStep::Way::nothing : UndoStep::Way::files;
      step.of = {change};
      step.back = back_of(change);
      step.keeps_trees = choice_.keep_trees;
      step.trees = trees_of(change, host_.disk());
      files.put_back(change);
      out_.steps.push_back(std::move(step));
    }
    add_inverses();
    return std::move(out_);
  }

 private:
  /// What is given back by its files must become what was shown.
  void find_wanted() {
    std::map<Slot, const Move*> oldest;
    for (const MadeChange& change : changes_) {
      for (const Move& move : change.standing) oldest[move.slot] = &move;
    }
    for (const auto& [slot, back] : choice_.give_back) {
      const auto first = oldest.find(slot);
      if (first == oldest.end()) {
        inverse_.emplace(slot, "the journal does not tell of it");
      } else if (!first->second->was || !(*first->second->was == back.target)) {
        inverse_.emplace(slot, "it was another before the changes that the journal tells of");
      }
    }
  }

  /// A slot goes back by its files only if all of its changes do.
  void find_inverses() {
    for (bool again = true; again;) {
      again = false;
      FilesThen files(host_.disk());
      for (const MadeChange& change : changes_) {
        if (change.intent.irreversible || is_inverse(change)) continue;
        if (const std::string why = why_not_files(change, files); !why.empty()) {
          for (const Move& move : change.standing) inverse_.emplace(move.slot, why);
          again = true;
          break;
        }
        files.put_back(change);
      }
    }
  }

  bool is_inverse(const MadeChange& change) const {
    return std::any_of(change.standing.begin(), change.standing.end(),
                       [&](const Move& move) { return inverse_.contains(move.slot); });
  }

  /// Empty: its files can be put back.
  std::string why_not_files(const MadeChange& change, FilesThen& files) const {
    if (change.intent.beyond_files) return "it is not kept in files";
    if (change.intent.bytes_gone) return "what its files held is not kept any more";
    if (!change.is_whole()) return "the run changed more in the same place";
    if (const auto path = files.changed_since(change))
      return fmt::format("`{}` was changed since", path->text);
    return "";
  }

  void leave_out(const MadeChange& change, const std::string& why) {
    for (const Move& move : change.standing)
      out_.left.push_back({move.slot, why, NotTakenBack::Kind::one_way});
  }

  static Change back_of(const MadeChange& change) {
    Change out{change.intent.family, change.intent.key, {}, {}, true};
    for (const Move& move : change.standing)
      out.assignments.push_back({move.slot, move.became.value_or(dsl::Unknown{move.to, ""}),
                                 move.was.value_or(dsl::Unknown{move.from, ""})});
    return out;
  }

  /// The resources whose slots are moved back one by one, the newest change first.
  void add_inverses() {
    std::vector<UndoStep> steps;
    for (const MadeChange& change : changes_) {
      if (change.intent.irreversible || !is_inverse(change)) continue;
      step_of(change.intent.family, change.intent.key, steps).of.push_back(change);
    }
    for (const auto& [slot, back] : choice_.give_back) {
      if (inverse_.contains(slot)) step_of(slot.family, slot.key, steps);
    }
    for (UndoStep& step : steps) add_inverse(std::move(step));
  }

  /// The step of a resource; made if there is none.
  static UndoStep& step_of(const std::string& family, const std::string& key,
                           std::vector<UndoStep>& steps) {
    const auto known = std::find_if(steps.begin(), steps.end(), [&](const UndoStep& step) {
      return step.back.family == family && step.back.key == key;
    });
    if (known != steps.end()) return *known;
    steps.emplace_back();
    steps.back().way = UndoStep::Way::inverse;
    steps.back().back = {family, key, {}, {}, true};
    return steps.back();
  }

  void add_inverse(UndoStep step) {
    std::vector<SlotBack> slots = slots_of(step);
    for (const auto& given : choice_.give_back) {
      const Slot& slot = given.first;
      const bool untold = slot.family == step.back.family && slot.key == step.back.key &&
                          std::ranges::find(slots, slot, &SlotBack::slot) == slots.end();
      if (untold && inverse_.contains(slot)) slots.push_back({slot, {}});
    }
    std::vector<Wish> wishes;
    for (const SlotBack& back : slots) wishes.push_back({back.slot});
    Facts now;
    collect(wishes, providers_, host_, now);
    std::set<Slot> moved;
    for (const SlotBack& back : slots) {
      step.why = inverse_.find(back.slot)->second;
      if (add_assignment(back, now, step)) moved.insert(back.slot);
    }
    for (MadeChange& change : step.of)
      std::erase_if(change.standing, [&](const Move& move) { return !moved.contains(move.slot); });
    if (moved.empty()) return;
    if (choice_.purge_aside && purge_aside(step, providers_, host_)) {
      out_.steps.push_back(std::move(step));
      return;
    }
    if (step.back.assignments.empty()) step.way = UndoStep::Way::nothing;
    step.back.wanted = step.back.assignments;
    if (step.way == UndoStep::Way::inverse && !prepare(step)) return;
    out_.steps.push_back(std::move(step));
  }

  bool prepare(UndoStep& step) {
    const Provider* provider = provider_of(providers_, step.back.family);
    auto prepared = provider == nullptr
                        ? Result<Prepared>(dsl::problem("R4002", "no provider knows the family"))
                        : provider->prepare(step.back, host_);
    if (prepared) {
      step.prepared = std::move(*prepared);
      return true;
    }
    for (const Assignment& one : step.back.assignments)
      out_.left.push_back({one.slot, prepared.error().front().message});
    return false;
  }

  /// The slots of a resource, each once.
  static std::vector<SlotBack> slots_of(const UndoStep& step) {
    std::vector<SlotBack> out;
    for (const MadeChange& change : step.of) {  // the newest first
      for (const Move& move : change.standing) {
        auto known = std::find_if(out.begin(), out.end(),
                                  [&](const SlotBack& one) { return one.slot == move.slot; });
        if (known == out.end()) known = out.insert(out.end(), SlotBack{move.slot, {}});
        known->moves.push_back(move);
      }
    }
    std::sort(out.begin(), out.end(),
              [](const SlotBack& a, const SlotBack& b) { return a.slot < b.slot; });
    return out;
  }

  /// False: the slot stays, and `left` says why.
  bool add_assignment(const SlotBack& back, const Facts& now, UndoStep& step) {
    const auto stays = [&](std::string why, NotTakenBack::Kind kind = NotTakenBack::Kind::failed) {
      out_.left.push_back({back.slot, std::move(why), kind});
      return false;
    };
    const auto given = choice_.give_back.find(back.slot);
    const bool is_given = given != choice_.give_back.end();
    if (!is_given && !back.is_known())
      return stays("the journal does not say what it was", NotTakenBack::Kind::one_way);
    const Observation* seen = now.find(back.slot);
    const Value value = seen == nullptr   ? Value(dsl::Unknown{"nobody answers", ""})
                        : seen->inherited ? Value(dsl::Absent{})
                                          : seen->value;
    if (const auto* unknown = value.as<dsl::Unknown>()) return stays(unknown->reason);
    if (!is_given && value == back.was()) return true;
    auto target = is_given ? std::optional(given->second.target) : back.merged(value);
    if (!target && !back.is_ours(value))
      return stays(
          fmt::format("it was changed since, to {}", dsl::to_text(shown(back.slot, value))),
          NotTakenBack::Kind::theirs);
    Value to = target ? std::move(*target) : back.was();
    if (to == value) return true;
    step.back.assignments.push_back({back.slot, value, to, exactly(to)});
    return true;
  }

  const std::vector<MadeChange> changes_;
  const UndoChoice& choice_;
  const Providers& providers_;
  const Host& host_;
  std::map<Slot, std::string> inverse_;  ///< and why not by their files
  UndoPlan out_;
};

}  // namespace

Result<UndoPlan> plan_undo(const UndoChoice& choice, const JournalContent& journal,
                           const Providers& providers, const Host& host) {
  if (auto known = check_known(choice, journal); !known) return known.error();
  auto changes = with_empty_folders(chosen(choice, standing_changes(journal)), journal);
  return Planning(std::move(changes), choice, providers, host).make();
}

}  // namespace gopol::engine
