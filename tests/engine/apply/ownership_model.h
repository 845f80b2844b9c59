#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gopol::tests {

/// A simple model of what gopol owns, takes back, gives back and holds, written from the design and
/// not from the engine: each slot is a cell, a policy is a list of rules, a run is a list of moves.
class OwnershipModel {
 public:
  struct Cell {
    bool set = false;
    std::vector<std::string> items;  ///< of a slot that is no list: one
    bool operator==(const Cell&) const = default;
  };
  enum class Guard { on, off, other_day };  ///< off: by what does not change here
  struct Rule {
    bool there = true;
    Guard guard = Guard::on;
    std::map<int, std::string> wants;  ///< slot: value, or the element of the list
    bool sealed = false;
    bool applies() const { return there && guard == Guard::on; }
    bool may_apply() const { return there && guard != Guard::off; }
  };
  enum class State { none, ok, change, given_back, kept, held };
  static constexpr int list = 4;   ///< the slot that is one
  static constexpr int roots = 5;  ///< the slot that only root moves
  static constexpr int slots = 6;

  std::vector<Rule> rules;
  Cell now[slots];
  std::string version;  ///< of the policy
  std::chrono::seconds time{0};

  /// What a plan says of a slot.
  State state(int slot, bool person) const { return look(slot, person).state; }

  /// `root`: whether sudo lets it.
  void apply(bool person, int run, bool root = true) {
    std::vector<Look> looks;
    for (int slot = 0; slot < slots; ++slot) looks.push_back(look(slot, person));
    for (int slot = 0; slot < slots; ++slot) {
      const Look& seen = looks[static_cast<std::size_t>(slot)];
      const Cell was = now[slot];
      switch (seen.state) {
        case State::none:
          if (seen.released) owned.erase(slot);
          break;
        case State::kept:
          if (seen.released) owned.erase(slot);
          break;
        case State::held: break;
        case State::given_back:
          if (may_move(slot, root)) give_back(slot, seen.target);
          break;
        case State::change:
          if (!may_move(slot, root)) {  // it waits: noted, not touched
            owned.try_emplace(slot, Own{was, {}, {}});
            break;
          }
          moves.push_back({run, slot, was, seen.target, seen.rule, true});
          [[fallthrough]];
        case State::ok: now[slot] = seen.target; remember(slot, was);
      }
    }
    if (!owned.empty() || !holds.empty()) last_version = version;
    std::erase_if(holds, [&](const auto& hold) {
      return person || hold.second.version != version || time >= hold.second.since + week;
    });
  }

  /// Takes back the moves that `chosen` picks; those of slots that somebody changed since stay.
  template <class Chosen>
  void undo(Chosen chosen, bool root = true) {
    std::vector<int> held;
    for (int slot = 0; slot < slots; ++slot) {
      std::vector<Move*> newest_first;
      for (auto move = moves.rbegin(); move != moves.rend(); ++move) {
        if (move->slot == slot && move->stands && chosen(*move)) newest_first.push_back(&*move);
      }
      if (newest_first.empty()) continue;
      const bool is_back = now[slot] == newest_first.back()->was;
      if ((!is_back && !may_move(slot, root)) || !move_back(slot, newest_first)) continue;
      for (Move* move : newest_first) move->stands = false;
      if (owned.contains(slot)) holds[slot] = {time, last_version};
      if (!stands(slot)) owned.erase(slot);
    }
  }
  int last_run() const {
    int out = -1;
    for (const Move& move : moves) out = move.stands ? std::max(out, move.run) : out;
    return out;
  }

  struct Move {
    int run, slot;
    Cell was, became;
    int rule;
    bool stands;
  };
  struct Own {
    Cell before;
    std::optional<Cell> held;
    std::vector<std::string> added;
  };
  struct Hold {
    std::chrono::seconds since;
    std::string version;
  };
  std::vector<Move> moves;
  std::map<int, Own> owned;
  std::map<int, Hold> holds;
  std::string last_version;

 private:
  static bool may_move(int slot, bool root) { return slot != roots || root; }
  static constexpr std::chrono::seconds week{7 * 24 * 3600};
  struct Look {
    State state = State::none;
    Cell target;
    int rule = -1;
    bool released = false;
  };

  static bool has(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  }
  static std::vector<std::string> less(std::vector<std::string> a,
                                       const std::vector<std::string>& b) {
    std::erase_if(a, [&](const auto& one) { return has(b, one); });
    return a;
  }
  /// What rules ask of the slot: those that apply, or those that may.
  std::vector<std::string> asked(int slot, bool (Rule::*which)() const) const {
    std::vector<std::string> out;
    for (const Rule& rule : rules) {
      if ((rule.*which)() && rule.wants.contains(slot)) out.push_back(rule.wants.at(slot));
    }
    return out;
  }

  Look look(int slot, bool person) const {
    Look out;
    const Cell& cell = now[slot];
    out.target = cell;
    const auto wanted = asked(slot, &Rule::applies), may = asked(slot, &Rule::may_apply);
    const auto own = owned.find(slot);
    if (wanted.empty()) {
      if (own == owned.end()) return out;
      out.state = State::kept;
      if (!may.empty()) return out;
      const bool has_elements = slot == list && cell.set;  // who unset it wants none of it
      out.target = slot == list ? list_before(cell, own->second) : own->second.before;
      if (out.target == cell) {
        out.state = State::none;
        out.released = true;
      } else if (!has_elements && own->second.held && !(cell == *own->second.held)) {
        out.released = true;  // theirs
      } else {
        out.state = State::given_back;
      }
      return out;
    }
    bool sealed = false;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (!rules[i].applies() || !rules[i].wants.contains(slot)) continue;
      if (out.rule < 0) out.rule = static_cast<int>(i);
      sealed = sealed || rules[i].sealed;
    }
    const bool right = slot == list ? less(wanted, cell.items).empty() : cell == Cell{true, wanted};
    const auto hold = holds.find(slot);
    const bool is_held = hold != holds.end() && !person && !sealed &&
                         hold->second.version == version && time < hold->second.since + week;
    if (!right && is_held) {
      out.state = State::held;
      return out;
    }
    if (slot == list) {
      for (const auto& one : less(wanted, cell.items)) out.target.items.push_back(one);
      out.target.set = true;
      if (own != owned.end())
        out.target.items = less(out.target.items, less(own->second.added, may));
    } else {
      out.target = {true, wanted};
    }
    out.state = out.target == cell ? State::ok : State::change;
    return out;
  }

  static Cell list_before(const Cell& cell, const Own& own) {
    Cell out{true, less(cell.items, own.added)};
    if (out.items.empty() && !own.before.set) return {};
    return cell.set ? out : own.before;
  }

  void remember(int slot, const Cell& was) {
    const auto wanted = asked(slot, &Rule::applies);
    const auto put_in = slot == list ? less(wanted, was.items) : std::vector<std::string>();
    auto [own, is_new] = owned.try_emplace(slot, Own{was, {}, {}});
    std::vector<std::string> added;
    for (const auto& one : own->second.added) {
      if (has(now[slot].items, one)) added.push_back(one);
    }
    for (const auto& one : put_in) {
      if (!has(added, one)) added.push_back(one);
    }
    own->second.added = added;
    own->second.held = now[slot];
    holds.erase(slot);
  }

  bool stands(int slot) const {
    return std::any_of(moves.begin(), moves.end(),
                       [&](const Move& move) { return move.slot == slot && move.stands; });
  }

  void give_back(int slot, const Cell& target) {
    for (auto move = moves.rbegin(); move != moves.rend(); ++move) {
      if (move->slot != slot || !move->stands) continue;
      move->stands = false;
      if (move->was == owned.at(slot).before) break;
    }
    now[slot] = target;
    owned.erase(slot);
  }

  /// False: it is somebody else's now.
  bool move_back(int slot, const std::vector<Move*>& newest_first) {
    Cell& cell = now[slot];
    const Move &newest = *newest_first.front(), &oldest = *newest_first.back();
    if (cell == oldest.was) return true;
    if (slot == list && cell.set) {
      for (const Move* move : newest_first) {
        if (cell == move->became) {
          cell = move->was;
          if (!cell.set) break;
          continue;
        }
        Cell back{true, less(cell.items, less(move->became.items, move->was.items))};
        for (const auto& one : less(move->was.items, move->became.items)) {
          if (!has(back.items, one)) back.items.push_back(one);
        }
        cell = back.items.empty() && !move->was.set ? Cell{} : back;
        if (!cell.set) break;
      }
      return true;
    }
    const bool earlier = newest_first.size() > 1 && newest.was == newest_first[1]->became;
    if (!(cell == newest.became) && !(earlier && cell == newest.was)) return false;
    cell = oldest.was;
    return true;
  }
};

}  // namespace gopol::tests
