#pragma once

#include "engine/apply/maker.h"
#include "engine/apply/undo_plan.h"

namespace gopol::engine {

/// Whether only root may take the step: its slots are moved back so, or a file of it, or the folder
/// that it lies in, is another user's.
bool needs_root(const UndoStep& step, const Disk& disk);

/// Who makes the steps of a plan: this process, or root, who hears here of those that need it.
/// Borrows all.
class UndoMakers {
 public:
  UndoMakers(const UndoPlan& plan, const Providers& providers, Host& host, RootAccess& root);

  /// Errors (R4005): the step waits for an administrator.
  Result<Maker*> maker_of(const UndoStep& step);
  /// What moves the slots of the step back.
  const PlannedChange& inverse_of(const UndoStep& step) const;

 private:
  std::size_t number_of(const UndoStep& step) const;

  const UndoPlan& plan_;
  RootAccess& root_;
  const std::unique_ptr<Maker> here_;
  std::vector<PlannedChange> inverses_;  ///< one for each step
  std::vector<bool> as_root_;
};

}  // namespace gopol::engine
