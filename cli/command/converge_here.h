#pragma once

#include "cli/terminal/exit_code.h"
#include "cli/workspace/plan/saved_plan_fit.h"
#include "engine/apply/maker.h"

namespace gopol::cli {

/// Makes the workspace's machine what was asked for (engine/apply/converge.h): prints the plan,
/// what becomes of each change and how it ends; asks whoever has to agree.
/// `root` makes what needs root.
Exit converge_here(const Options& options, Workspace& workspace, const ToApply& asked,
                   engine::RootStart root);

}  // namespace gopol::cli
