#include "engine/apply/undo_root.h"

#include <algorithm>
#include <utility>

namespace gopol::engine {

bool needs_root(const UndoStep& step, const Disk& disk) {
  using Kind = WriteAccess::Kind;
  if (step.way == UndoStep::Way::nothing) return false;
  if (step.way == UndoStep::Way::inverse) return step.prepared.demands.needs_root;
  const auto& files = step.of.front().intent.files;
  return std::any_of(files.begin(), files.end(), [&](const FileImage& file) {
    return disk.write_access(file.path).kind == Kind::of_another ||
           disk.write_access(file.path.parent()).kind == Kind::of_another;
  });
}

UndoMakers::UndoMakers(const UndoPlan& plan, const Providers& providers, Host& host,
                       RootAccess& root)
    : plan_(plan), root_(root), here_(maker_here(providers, host)) {
  inverses_.resize(plan.steps.size());  // stay where they are from now on
  for (const UndoStep& step : plan.steps) {
    PlannedChange& inverse = inverses_[number_of(step)];
    inverse.change = step.back;
    inverse.prepared = step.prepared;
    as_root_.push_back(needs_root(step, std::as_const(host).disk()));
    if (!as_root_.back()) continue;
    if (step.way == UndoStep::Way::inverse)
      root_.agree(inverse);
    else
      root_.agree({&step.of.front(), step.keeps_trees});
  }
}

std::size_t UndoMakers::number_of(const UndoStep& step) const {
  return static_cast<std::size_t>(&step - plan_.steps.data());
}

const PlannedChange& UndoMakers::inverse_of(const UndoStep& step) const {
  return inverses_[number_of(step)];
}

Result<Maker*> UndoMakers::maker_of(const UndoStep& step) {
  if (!as_root_[number_of(step)]) return here_.get();
  return root_.maker();
}

}  // namespace gopol::engine
