#pragma once

#include "cli/workspace/options.h"
#include "cli/workspace/rehearse/consequences.h"
#include "cli/workspace/workspace.h"
#include "engine/plan/planning.h"

namespace gopol::cli {

/// A plan, what it says of Go and this machine, and what it would do beyond what it says.
struct MadePlan {
  dsl::Result<engine::Planned> planned;
  dsl::Diagnostics pairs;
  Consequences afterwards = {};  ///< none from recorded facts: there is nothing to try it on
};

/// Plans on the workspace's machine, or from the facts of `--facts`, without the right to write:
/// the system's word on top of the type system's; a kernel without it is fine. The process may
/// write again if the plan is to be saved.
MadePlan make_plan(const Options& options, const LoadedPolicy& loaded, const Workspace& workspace);

/// Writes the plan to the file of `--out`. Errors: those of saved_plan and of writing.
dsl::Result<dsl::Done> save_plan(const Options& options, const Workspace& workspace,
                                 const LoadedPolicy& loaded, const std::string& policy_hash,
                                 const MadePlan& made);

}  // namespace gopol::cli
