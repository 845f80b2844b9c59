#pragma once

#include <functional>

#include "cli/terminal/exit_code.h"
#include "cli/workspace/workspace.h"

namespace gopol::cli {

/// Opens the workspace that the options name and does `work` in it. Reports errors, of opening and
/// of `work`, and returns the exit code they stand for.
Exit with_workspace(const Options& options, Access access,
                    const std::function<dsl::Result<Exit>(Workspace&)>& work);

/// The same with the policy that the options name. Its warnings are not shown: `check` is there to
/// show them.
Exit with_policy(const Options& options, Access access,
                 const std::function<dsl::Result<Exit>(Workspace&, LoadedPolicy&)>& work);

/// Says which plugins did not load, as warnings: what they know is missing in what follows.
void warn_of_plugins(const Workspace& workspace);

/// Reports errors; returns the exit code they stand for.
Exit failed(const dsl::Diagnostics& errors, const Workspace& workspace);

}  // namespace gopol::cli
