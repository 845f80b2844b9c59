#include "engine/diff/fleet.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gopol::engine {
namespace {

constexpr std::size_t none = SIZE_MAX;
constexpr std::size_t most_examples = 3;

Questions asked(const dsl::Policy& was, const dsl::Policy& is) {
  Questions out;
  out.add(was);
  out.add(is);
  return out;
}

/// Where each of `slots` stands in `all`; both are sorted.
std::vector<std::size_t> places(const std::vector<Slot>& slots, const std::vector<Slot>& all) {
  std::vector<std::size_t> out;
  for (const Slot& slot : slots) {
    const auto at = std::lower_bound(all.begin(), all.end(), slot);
    const bool found = at != all.end() && *at == slot;
    out.push_back(found ? static_cast<std::size_t>(at - all.begin()) : none);
  }
  return out;
}

}  // namespace

FleetComparison::FleetComparison(const dsl::Policy& was, const dsl::Policy& is,
                                 const dsl::Schemas& schemas)
    : questions_(asked(was, is)),
      was_(was, schemas, questions_, outcomes_),
      is_(is, schemas, questions_, outcomes_) {
  std::set_union(was_.slots().begin(), was_.slots().end(), is_.slots().begin(), is_.slots().end(),
                 std::back_inserter(slots_));
  was_at_ = places(slots_, was_.slots());
  is_at_ = places(slots_, is_.slots());
}

void FleetComparison::add(const RawMachine& machine) {
  questions_.read(machine);
  const auto& was = was_.outcomes();
  const auto& is = is_.outcomes();
  effect_.clear();
  for (std::uint32_t i = 0; i < slots_.size(); ++i) {
    const std::uint32_t before = was_at_[i] == none ? 0 : was[was_at_[i]];
    const std::uint32_t now = is_at_[i] == none ? 0 : is[is_at_[i]];
    if (before != now) effect_.push_back({i, before, now});
  }
  Group& group = groups_[effect_];
  ++group.machines;
  if (group.examples.size() < most_examples && !machine.name.empty())
    group.examples.push_back(machine.name);
  ++report_.machines;
  if (machine.recorded.empty()) {
    ++report_.undated;
    return;
  }
  if (report_.oldest.empty() || machine.recorded < report_.oldest)
    report_.oldest = machine.recorded;
  if (machine.recorded > report_.newest) report_.newest = machine.recorded;
}

FleetReport FleetComparison::report() const {
  FleetReport out = report_;
  for (const auto& [effect, group] : groups_) {
    if (effect.empty()) continue;
    FleetGroup& one = out.groups.emplace_back();
    one.machines = group.machines;
    one.examples = group.examples;
    for (const Step& step : effect)
      one.changes.push_back({slots_[step.slot], outcomes_[step.was], outcomes_[step.is]});
  }
  // The map's order depends on which outcome was met first, and so on the machines' order only.
  std::stable_sort(out.groups.begin(), out.groups.end(),
                   [](const auto& a, const auto& b) { return a.machines > b.machines; });
  return out;
}

}  // namespace gopol::engine
