#include "engine/plan/set_aside.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace gopol::engine {
namespace {

/// Why the items of a change are not written, for those that wait for it.
std::string cause_of(const Plan& plan, const PlannedChange& planned) {
  const ItemState state = plan.items[planned.items.front()].state;
  return fmt::format("{}, {}", name_of(planned.change),
                     state == ItemState::conflict ? "on which rules contradict each other"
                                                  : "which cannot be changed");
}

void block(Plan& plan, const PlannedChange& planned, const std::string& cause) {
  for (const std::uint32_t index : planned.items) {
    plan.items[index].state = ItemState::blocked;
    plan.items[index].reason = "waits for " + cause;
  }
}

/// Keeps the changes that are not gone; stages speak of them by their new numbers.
void remove(Plan& plan, const std::vector<bool>& gone) {
  std::vector<std::optional<std::uint32_t>> number(gone.size());
  std::vector<PlannedChange> kept;
  for (std::size_t i = 0; i < gone.size(); ++i) {
    if (gone[i]) continue;
    number[i] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(std::move(plan.changes[i]));
  }
  plan.changes = std::move(kept);
  for (Stage& stage : plan.stages) {
    if (stage.change) stage.change = number[*stage.change];
  }
}

}  // namespace

std::string name_of(const Change& change) {
  return change.key.empty() ? change.family : fmt::format("{} \"{}\"", change.family, change.key);
}

void mark(Plan& plan, const PlannedChange& planned, ItemState state, const dsl::Diagnostics& why) {
  for (const std::uint32_t index : planned.items) {
    plan.items[index].state = state;
    plan.items[index].why = why;
  }
}

void set_aside(Plan& plan, const std::vector<bool>& impossible) {
  if (std::none_of(impossible.begin(), impossible.end(), [](bool one) { return one; })) return;
  std::vector<bool> gone = impossible;
  std::vector<std::string> causes(plan.stages.size());  // by stage: what it waits for in vain
  for (std::size_t i = 0; i < plan.stages.size(); ++i) {
    const Stage& stage = plan.stages[i];
    for (const std::uint32_t earlier : stage.before) {
      if (causes[i].empty()) causes[i] = causes[earlier];
    }
    if (!stage.change) continue;
    const PlannedChange& planned = plan.changes[*stage.change];
    if (impossible[*stage.change]) {
      if (causes[i].empty()) causes[i] = cause_of(plan, planned);
    } else if (!causes[i].empty()) {
      block(plan, planned, causes[i]);
      gone[*stage.change] = true;
    }
  }
  remove(plan, gone);
}

}  // namespace gopol::engine
