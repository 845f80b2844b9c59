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
                       const RootStart& root)
    : plan_(plan), host_(host), root_start_(root), here_(maker_here(providers, host)) {
  for (const UndoStep& step : plan.steps) {
    PlannedChange inverse;
    inverse.change = step.back;
    inverse.prepared = step.prepared;
    inverses_.push_back(std::move(inverse));
  }
}

std::size_t UndoMakers::number_of(const UndoStep& step) const {
  return static_cast<std::size_t>(&step - plan_.steps.data());
}

const PlannedChange& UndoMakers::inverse_of(const UndoStep& step) const {
  return inverses_[number_of(step)];
}

Result<Maker*> UndoMakers::maker_of(const UndoStep& step) {
  if (!needs_root(step, host_.disk())) return here_.get();
  if (!root_) root_ = start_root();
  if (!*root_) return root_->error();
  return (*root_)->get();
}

Result<std::unique_ptr<Maker>> UndoMakers::start_root() const {
  if (!root_start_) return dsl::problem("R4005", "it needs root");
  RootWork work;
  for (const UndoStep& step : plan_.steps) {
    if (!needs_root(step, host_.disk())) continue;
    if (step.way == UndoStep::Way::inverse) work.changes.push_back(&inverse_of(step));
    if (step.way == UndoStep::Way::files) work.back.push_back({&step.of.front(), step.keeps_trees});
  }
  return root_start_(work);
}

}  // namespace gopol::engine
