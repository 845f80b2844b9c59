#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "engine/diff/replay.h"

namespace gopol::engine {

/// One slot whose outcome differs between two policies.
struct SlotChange {
  Slot slot;
  SlotOutcome was, is;
};

/// Machines on which a change of policy does the same.
struct FleetGroup {
  std::vector<SlotChange> changes;  ///< sorted by slot; none: nothing differs
  std::size_t machines = 0;
  std::vector<std::string> examples;  ///< the first few names
};

struct FleetReport {
  std::size_t machines = 0;
  std::vector<FleetGroup>
      groups;                  ///< those with most machines first; nothing differs: not among them
  std::string oldest, newest;  ///< when they were recorded, as the snapshots say it
  std::size_t undated = 0;
};

/// Replays recorded machines through two policies. Takes memory for each machine's name and for
/// each kind of machine, not for the machines. Keeps references to all it is given.
class FleetComparison {
 public:
  FleetComparison(const dsl::Policy& was, const dsl::Policy& is, const dsl::Schemas& schemas);

  void add(const RawMachine& machine);
  FleetReport report() const;

 private:
  /// A slot's number, and its two outcomes.
  struct Step {
    std::uint32_t slot, was, is;
    auto operator<=>(const Step&) const = default;
  };
  struct Group {
    std::size_t machines = 0;
    std::vector<std::string> examples;
  };

  Questions questions_;
  SlotOutcomes outcomes_;
  Replay was_, is_;
  std::vector<Slot> slots_;                  ///< of both, sorted
  std::vector<std::size_t> was_at_, is_at_;  ///< of each: its place in that replay, or none
  std::map<std::vector<Step>, Group> groups_;
  std::vector<Step> effect_;
  FleetReport report_;
};

}  // namespace gopol::engine
