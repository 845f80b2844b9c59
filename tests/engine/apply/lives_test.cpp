// Random lives of a machine: policies that change, people, undo, kills. The engine and a simple
// model of ownership must agree on every value, on what is owned and held, and on what the next
// plan says. GOPOL_LIVES: how many; GOPOL_SEED: the first.

#include <cstdlib>
#include <random>

#include "tests/catch.h"
#include "tests/engine/apply/cell_machine.h"
#include "tests/other_process.h"

using namespace gopol::engine;
using gopol::tests::CellMachine;
using gopol::tests::Life;
using gopol::tests::OwnershipModel;
namespace dsl = gopol::dsl;

namespace {

using Cell = OwnershipModel::Cell;
using Guard = OwnershipModel::Guard;
using State = OwnershipModel::State;

const std::vector<std::string> values = {"one", "two", "three"},
                               sums = {"off", "sum.golang.google.cn"}, flags = {"-v", "-x"},
                               theirs = {"-n", "-a"};

/// Every second life is a Mac's.
const std::vector<std::string> machines = {
    "linux-dev",      "m3-sonoma", "linux-dev",        "intel-sequoia", "linux-dev",
    "m1-ventura-clt", "linux-dev", "m4-tahoe-managed", "linux-dev",     "m3-goldengate"};

std::string rule_name(std::size_t index) { return "r" + std::to_string(index); }

class RandomLife {
 public:
  explicit RandomLife(unsigned seed) : random_(seed), machine_(machines[seed % machines.size()]) {
    model_.rules.resize(6);
    model_.time = life_.now();
    for (int i = 0; i < 3; ++i) person_writes(i);
    new_policy();
    sync();
  }

  void live(int steps) {
    for (int step = 0; step < steps; ++step) {
      const std::string what = one_step();
      story_ += "\n" + what;
      CAPTURE(story_, text());
      check();
    }
  }

 private:
  int below(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }
  bool one_in(int count) { return below(count) == 0; }
  template <class List>
  const auto& any(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
  }

  std::string one_step() {
    switch (below(12)) {
      case 0:
      case 1:
      case 2: return apply(true);
      case 3: return apply(false);
      case 4:
      case 5: {
        const int slot = below(OwnershipModel::slots);
        person_writes(slot);
        return "a person writes " + dsl::to_text(machine_.slot_of(slot));
      }
      case 6:
      case 7: new_policy(); return "a new policy";
      case 8: return undo_run();
      case 9: return undo_part();
      case 10: return wait();
      default: return killed();
    }
  }

  // The policy.

  void new_policy() {
    for (int changes = 1 + below(3); changes > 0; --changes) change_rule(below(6));
    model_.version = text();
  }
  void change_rule(int index) {
    auto& rule = model_.rules[static_cast<std::size_t>(index)];
    rule.there = !one_in(4);
    rule.sealed = one_in(8);
    rule.guard = one_in(3) ? Guard::off : one_in(4) ? Guard::other_day : Guard::on;
    rule.wants.clear();
    if (index == 0) rule.wants[1] = any(values);
    if (index < 2) rule.wants[index * 2] = any(values);
    if (index == 2) rule.wants[3] = any(sums);
    if (index == 3 || index == 4) rule.wants[4] = flags[static_cast<std::size_t>(index - 3)];
    if (index == 5) rule.wants[OwnershipModel::roots] = any(values);
  }
  std::string text() const {
    std::string out;
    for (std::size_t i = 0; i < model_.rules.size(); ++i) {
      const auto& rule = model_.rules[i];
      if (!rule.there || rule.wants.empty()) continue;
      out += std::string(rule.sealed ? "sealed " : "") + "enforce " + rule_name(i) +
             " { because \"r\" when " +
             (rule.guard == Guard::on    ? here()
              : rule.guard == Guard::off ? elsewhere()
                                         : "run.date < 1960-01-01");
      for (const auto& [slot, value] : rule.wants) {
        const std::string quoted = "\"" + value + "\"";
        out += CellMachine::is_file(slot) ? " file \"" + machine_.slot_of(slot).key.text() +
                                                "\" { content = " + quoted + " }"
               : slot == 3 ? " go.env { GOSUMDB = " + quoted + " }"
                           : " go.env { GOFLAGS includes [" + quoted + "] }";
      }
      out += " }\n";
    }
    return out;
  }

  std::string elsewhere() const {
    return life_.is_mac() ? "os.family == linux" : "os.family == macos";
  }
  std::string here() const { return life_.is_mac() ? "os.family == macos" : "os.family == linux"; }

  // The machine.

  void person_writes(int slot) {
    Cell to{!one_in(4), {}};
    if (CellMachine::is_file(slot)) to.items = {one_in(2) ? any(values) : std::string("mine")};
    if (slot == 3) to.items = {one_in(2) ? any(sums) : std::string("sum.corp.example")};
    if (slot == OwnershipModel::list) {
      to = machine_.cell(slot);
      to.set = true;
      if (one_in(2) && !to.items.empty()) {
        to.items.pop_back();
      } else {
        const std::string& flag = one_in(2) ? any(theirs) : any(flags);
        if (std::find(to.items.begin(), to.items.end(), flag) == to.items.end())
          to.items.push_back(flag);
      }
      to.set = !to.items.empty();
    }
    if (!to.set) to.items.clear();
    machine_.write(slot, to);
    model_.now[slot] = to;
  }

  // What gopol does.

  /// Now and then sudo refuses.
  bool ask_root() {
    const bool granted = !one_in(4);
    life_.refuse_sudo(!granted);
    return granted;
  }
  std::string apply(bool person) {
    const bool root = ask_root();
    const auto made = life_.try_apply(text(), {.ends_holds = person});
    REQUIRE(made);
    CAPTURE(story_, text());
    const bool fine = made->ending == Convergence::Ending::unchanged || made->converged();
    if (root) CHECK(fine);
    model_.apply(person, ++runs_, root);
    return std::string(person ? "a person applies" : "an agent applies") +
           (root ? "" : ", sudo refuses");
  }
  std::string undo_run() {
    const bool root = ask_root();
    REQUIRE(life_.undo());
    const int run = model_.last_run();
    model_.undo([&](const auto& move) { return move.run == run; }, root);
    return "undo of the last run";
  }
  std::string undo_part() {
    const bool root = ask_root();
    if (one_in(2)) {
      const int slot = below(OwnershipModel::slots);
      REQUIRE(life_.undo({.run = "", .rule = "", .slot = machine_.slot_of(slot)}));
      model_.undo([&](const auto& move) { return move.slot == slot; }, root);
      return "undo of " + dsl::to_text(machine_.slot_of(slot));
    }
    const int rule = below(6);
    const bool known = std::any_of(model_.moves.begin(), model_.moves.end(),
                                   [&](const auto& move) { return move.rule == rule; });
    if (!known) return "nothing";
    const std::string name = rule_name(static_cast<std::size_t>(rule));
    REQUIRE(life_.undo({.run = "", .rule = name, .slot = {}}));
    model_.undo([&](const auto& move) { return move.rule == rule; }, root);
    return "undo of " + name;
  }
  std::string wait() {
    const std::chrono::seconds time(3600 * (1 + below(100)));
    life_.wait(time);
    model_.time += time;
    return "hours go by";
  }

  /// kill -9 at a random write; then somebody finishes it, or takes it back.
  std::string killed() {
    life_.refuse_sudo(false);
    OwnershipModel after = model_;
    after.apply(true, runs_ + 1);
    const int at = 1 + below(12);
    const int ended = gopol::tests::in_other_process([&] {
      auto& disk = life_.use_disk(at, true);
      disk.on_fault = [] { ::_exit(9); };
      static_cast<void>(life_.try_apply(text(), {.ends_holds = true}));
      return 0;
    });
    life_.use_disk(0);
    for (int slot = 0; slot < OwnershipModel::slots; ++slot) {
      CAPTURE(story_, text(), at, dsl::to_text(machine_.slot_of(slot)));
      const Cell now = machine_.cell(slot);
      const bool old_or_new = now == model_.now[slot] || now == after.now[slot];
      CHECK(old_or_new);
    }
    if (ended == 9) {
      sync();
    } else {
      model_ = after;
      ++runs_;
    }
    return "killed at write " + std::to_string(at) + ", then: " + apply(true);
  }

  /// After a kill the model learns from the records what was done; the values are checked before.
  void sync() {
    for (int slot = 0; slot < OwnershipModel::slots; ++slot) model_.now[slot] = machine_.cell(slot);
    const auto journal = read_journal(journal_file(life_.state()));
    REQUIRE(journal);
    auto standing = standing_changes(*journal);
    std::reverse(standing.begin(), standing.end());
    model_.moves.clear();
    std::string last;
    for (const MadeChange& change : standing) {
      if (change.intent.run != last) ++runs_;
      last = change.intent.run;
      for (const auto& move : change.standing) {
        model_.moves.push_back({runs_, machine_.number_of(move.slot),
                                CellMachine::cell_of(*move.was), CellMachine::cell_of(*move.became),
                                change.intent.rule[1] - '0', true});
      }
    }
    const Ledger ledger = life_.ledger();
    model_.owned.clear();
    model_.holds.clear();
    for (const auto& [slot, owned] : ledger.slots()) {
      model_.owned[machine_.number_of(slot)] = {
          CellMachine::cell_of(owned.before),
          owned.value ? std::optional(CellMachine::cell_of(*owned.value)) : std::nullopt,
          owned.added};
    }
    for (const auto& [slot, hold] : ledger.holds())
      model_.holds[machine_.number_of(slot)] = {
          hold.since.time_since_epoch() / std::chrono::seconds(1) * std::chrono::seconds(1),
          hold.version};
    model_.last_version = ledger.version_of("p.policy");
  }
  // What both must agree on.

  void check() {
    const Ledger ledger = life_.ledger();
    const auto items = life_.items(text());
    for (int slot = 0; slot < OwnershipModel::slots; ++slot) {
      const Slot name = machine_.slot_of(slot);
      CAPTURE(dsl::to_text(name));
      CHECK(shown(machine_.cell(slot)) == shown(model_.now[slot]));
      CHECK((ledger.find(name) != nullptr) == model_.owned.contains(slot));
      CHECK((ledger.hold(name) != nullptr) == model_.holds.contains(slot));
      const auto item = std::find_if(items.begin(), items.end(),
                                     [&](const Item& one) { return one.slot == name; });
      const State said = item == items.end() ? State::none : state_of(*item);
      CHECK(static_cast<int>(said) == static_cast<int>(model_.state(slot, false)));
    }
  }
  static std::string shown(const Cell& cell) {
    std::string out = cell.set ? "set" : "not set";
    for (const auto& item : cell.items) out += " " + item;
    return out;
  }
  static State state_of(const Item& item) {
    switch (item.state) {
      case ItemState::ok: return State::ok;
      case ItemState::kept: return State::kept;
      case ItemState::held: return State::held;
      case ItemState::change: return item.rule == no_rule ? State::given_back : State::change;
      default: return State::none;
    }
  }

  std::mt19937 random_;
  CellMachine machine_;
  Life& life_ = machine_.life;
  OwnershipModel model_;
  int runs_ = 0;
  std::string story_;
};

unsigned number_in(const char* variable, unsigned otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

}  // namespace

TEST_CASE("random lives go as the model of ownership says") {
  const unsigned first = number_in("GOPOL_SEED", 1), lives = number_in("GOPOL_LIVES", 50);
  for (unsigned seed = first; seed < first + lives; ++seed) {
    CAPTURE(seed);
    RandomLife(seed).live(25);
  }
}
