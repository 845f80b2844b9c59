#include "cli/print/journal_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "cli/workspace/plan/written_by.h"
#include "engine/encoding/moment.h"
#include "engine/plan/disclosure.h"

namespace gopol::cli {
namespace {

using Json = nlohmann::ordered_json;
using State = LoggedChange::State;

std::string_view word(State state) {
  switch (state) {
    case State::done: return "ok";
    case State::failed: return "failed";
    case State::begun: return "begun";
  }
  return "begun";
}

const char* colour(State state) { return state == State::done ? "32" : "31"; }

const engine::BlameCommit* commit_of(const engine::JournalEntry& entry) {
  return entry.written ? &*entry.written : nullptr;
}

void note(const engine::JournalEntry& entry, LoggedChange& into) {
  switch (entry.step) {
    case engine::Step::intent: into.intent = entry; break;
    case engine::Step::done: into.state = State::done; break;
    case engine::Step::failed:
      into.state = State::failed;
      into.detail = entry.detail;
      break;
  }
}

bool concerns(const LoggedChange& change, std::string_view slot) {
  const auto& moves = change.intent.moves;
  return slot.empty() || change.intent.family == slot ||
         std::any_of(moves.begin(), moves.end(),
                     [&](const auto& move) { return dsl::to_text(move.slot) == slot; });
}

std::string head_of(const LoggedRun& run, const Terminal& terminal) {
  std::string policy = presentable(run.run.policy);
  if (!run.changes.empty() && !run.changes.front().intent.commit.empty())
    policy += fmt::format(" @ {:.7}", run.changes.front().intent.commit);
  return fmt::format("{}  {}  {}  {}\n", terminal.paint(engine::moment_text(run.run.begun), "1"),
                     run.run.command, policy,
                     run.run.ended ? presentable(run.run.outcome) : "has no end");
}

using Move = engine::JournalEntry::Move;

bool tells_presence(const std::string& text) { return text == "absent" || text == "unset"; }

std::string from_text(const Move& move) {
  const bool hidden = engine::is_private(move.slot) && !tells_presence(move.from);
  return hidden ? dsl::to_text(engine::shown(move.slot, dsl::Value(move.from))) : move.from;
}

/// Where a move is asked for; of an older gopol's journal, where its change is. Empty: no policy
/// asks for it, the machine has what it had before.
const std::string& place_of(const Move& move, const engine::JournalEntry& entry) {
  return move.place.empty() ? entry.place : move.place;
}

std::string to_text(const Move& move, const engine::JournalEntry& entry) {
  const bool hidden = engine::is_private(move.slot) && !tells_presence(move.to);
  if (!hidden) return move.to;
  dsl::Value to(move.to);
  to = place_of(move, entry).empty()
           ? engine::shown(move.slot, std::move(to))
           : engine::shown_target(move.slot, std::move(to), dsl::Allowed{});
  const std::string out = dsl::to_text(to);
  return out == from_text(move) ? out + " (another secret)" : out;
}

const engine::BlameCommit* commit_of(const Move& move, const engine::JournalEntry& entry) {
  if (move.place.empty()) return entry.written ? &*entry.written : nullptr;
  return move.written ? &*move.written : nullptr;
}

/// Moves of one place and author stand together, and say both once.
std::string text_of(const LoggedChange& change, const Terminal& terminal) {
  const engine::JournalEntry& entry = change.intent;
  std::string out;
  const auto below = [&](const std::string& text) { out += fmt::format("     {}\n", text); };
  for (std::size_t i = 0; i < entry.moves.size(); ++i) {
    const Move& move = entry.moves[i];
    out += fmt::format(
        " {} {}  {} {} {}  {}  {}\n", terminal.paint(word(change.state), colour(change.state)),
        presentable(dsl::to_text(move.slot)), presentable(from_text(move)), terminal.arrow(),
        presentable(to_text(move, entry)), entry.rule, presentable(place_of(move, entry)));
    const bool last = i + 1 == entry.moves.size();
    const auto* commit = commit_of(move, entry);
    const auto* next = last ? nullptr : commit_of(entry.moves[i + 1], entry);
    const bool same = !last && (commit == next || (commit != nullptr && next != nullptr &&
                                                   commit->commit == next->commit));
    if (same) continue;
    if (last && !change.detail.empty()) below(presentable(change.detail, 300));
    if (!entry.because.empty()) below("because " + presentable(entry.because, 300));
    for (const std::string& line : authorship_lines(entry.because, commit)) below(line);
  }
  return out;
}

Json json_of(const LoggedChange& change) {
  const engine::JournalEntry& entry = change.intent;
  Json moves = Json::array();
  for (const auto& move : entry.moves) {
    Json one{
        {"slot", dsl::to_text(move.slot)}, {"from", from_text(move)}, {"to", to_text(move, entry)}};
    one["place"] = place_of(move, entry);
    if (const auto* commit = commit_of(move, entry)) one["written"] = authorship_json(*commit);
    moves.push_back(std::move(one));
  }
  Json out{{"at", engine::moment_text(entry.at)},
           {"state", word(change.state)},
           {"moves", std::move(moves)},
           {"rule", entry.rule},
           {"because", entry.because},
           {"place", entry.place},
           {"commit", entry.commit},
           {"tickets", tickets_of(entry.because, commit_of(entry))}};
  if (entry.written) out["written"] = authorship_json(*entry.written);
  if (!change.detail.empty()) out["detail"] = change.detail;
  return out;
}

}  // namespace

std::vector<LoggedRun> runs_of(const engine::JournalContent& journal, std::string_view slot) {
  std::map<std::string, std::map<std::uint64_t, LoggedChange>> changes;
  for (const engine::JournalEntry& entry : journal.entries)
    note(entry, changes[entry.run][entry.change]);
  std::vector<LoggedRun> out;
  for (auto run = journal.runs.rbegin(); run != journal.runs.rend(); ++run) {
    LoggedRun one{*run, {}};
    for (auto& [number, change] : changes[run->run]) {
      if (concerns(change, slot)) one.changes.push_back(std::move(change));
    }
    if (slot.empty() || !one.changes.empty()) out.push_back(std::move(one));
  }
  return out;
}

std::string log_text(const std::vector<LoggedRun>& runs, const Terminal& terminal) {
  std::string out;
  for (const LoggedRun& run : runs) {
    out += head_of(run, terminal);
    for (const LoggedChange& change : run.changes) out += text_of(change, terminal);
  }
  return out.empty() ? "nothing was done here\n" : out;
}

std::string log_json(const std::vector<LoggedRun>& runs) {
  Json out{{"schema", 1}, {"runs", Json::array()}};
  for (const LoggedRun& run : runs) {
    Json one{{"run", run.run.run},
             {"command", run.run.command},
             {"policy", run.run.policy},
             {"begun", engine::moment_text(run.run.begun)},
             {"ended", run.run.ended ? Json(engine::moment_text(*run.run.ended)) : Json()},
             {"outcome", run.run.outcome},
             {"changes", Json::array()}};
    for (const LoggedChange& change : run.changes) one["changes"].push_back(json_of(change));
    out["runs"].push_back(std::move(one));
  }
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gopol::cli
