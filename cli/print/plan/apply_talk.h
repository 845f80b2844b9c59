#pragma once

#include "cli/terminal/exit_code.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/options.h"
#include "cli/workspace/plan/saved_plan_fit.h"
#include "cli/workspace/rehearse/consequences.h"
#include "cli/workspace/workspace.h"
#include "engine/apply/converge.h"

namespace gopol::cli {

/// One apply, as a person sees it: what is printed and asked on the way. Borrows all three.
class ApplyTalk {
 public:
  ApplyTalk(const Options& options, const Workspace& workspace, const ToApply& asked)
      : options_(options), workspace_(workspace), asked_(asked) {}

  /// Prints the plan and what becomes of each change; asks whoever has to agree. They borrow this.
  engine::ConvergeCallbacks callbacks();
  /// Prints what it came to; returns the exit code that this stands for.
  Exit conclude(const engine::Convergence& made) const;

 private:
  Exit conclude_applied(const engine::Convergence& made) const;
  Exit exit_of_left(const engine::Convergence& made) const;
  void show(const engine::Planned& planned, const engine::Confinement& held);
  void print_end(const engine::Planned& left) const;
  std::string text_of(const engine::Planned& planned, const Consequences* afterwards) const;

  const Options& options_;
  const Workspace& workspace_;
  const ToApply& asked_;
  const Terminal terminal_ = terminal_of(stdout);
  Consequences afterwards_;  ///< of the plan that was shown
};

}  // namespace gopol::cli
