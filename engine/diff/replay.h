#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/diff/questions.h"
#include "engine/plan/evaluate.h"

namespace gopol::engine {

/// What a policy makes of one slot on one machine, worst first.
enum class SlotEffect : std::uint8_t { conflict, unknown, change, finding, waived, ok, none };

struct SlotOutcome {
  SlotEffect effect = SlotEffect::none;
  std::string wanted;    ///< what is permitted, as people read it
  dsl::Demands demands;  ///< of change: as its kind of resource mostly is
  auto operator<=>(const SlotOutcome&) const = default;
};

/// SlotOutcomes, each once; number 0 is none at all.
class SlotOutcomes {
 public:
  std::uint32_t number_of(const SlotOutcome& outcome);
  const SlotOutcome& operator[](std::uint32_t number) const { return all_[number]; }

 private:
  std::vector<SlotOutcome> all_{SlotOutcome{}};
  std::map<SlotOutcome, std::uint32_t> numbers_{{SlotOutcome{}, 0}};
};

/// One policy over many machines: the engine plans each kind of machine once, and remembers what
/// became of every slot. Keeps references to all it is given.
class Replay {
 public:
  Replay(const dsl::Policy& policy, const dsl::Schemas& schemas, const Questions& questions,
         SlotOutcomes& known);

  /// What the policy asserts, as it is written; sorted.
  const std::vector<Slot>& slots() const { return slots_; }
  /// For each of them, the number of its outcome on the machine that `questions` has read.
  const std::vector<std::uint32_t>& outcomes();

 private:
  struct Asserted {
    std::vector<std::size_t> decides;  ///< questions whose cells decide about it
    std::vector<const dsl::Assertion*> assertions;
    std::vector<std::uint32_t> rules;
    std::map<std::vector<Cell>, std::uint32_t> known;  ///< outcomes by these cells
  };

  void collect();
  void add_facts(const dsl::Guard& guard, std::set<std::size_t>& out) const;
  void add_rule(const dsl::Policy::Rule& rule, std::set<std::size_t>& out) const;
  void find_deciding(Asserted& asserted) const;
  const std::vector<Cell>& key_of(const Asserted& asserted);
  void plan();
  SlotOutcome outcome_of(const Asserted& asserted, const Desired& desired,
                         const std::multimap<Slot, const Wanted*>& all_wanted,
                         const Facts& facts) const;

  const dsl::Policy& policy_;
  const dsl::Schemas& schemas_;
  const Questions& questions_;
  SlotOutcomes& known_;
  std::vector<std::vector<std::uint32_t>> overrides_;  ///< of each rule
  std::vector<Slot> slots_;
  std::vector<Asserted> asserted_;  ///< of each slot
  std::vector<std::uint32_t> now_;
  std::vector<Cell> key_;
};

}  // namespace gopol::engine
