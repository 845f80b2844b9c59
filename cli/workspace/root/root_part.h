#pragma once

#include <memory>

#include "cli/workspace/options.h"
#include "cli/workspace/workspace.h"
#include "engine/root/root_process.h"

namespace gopol::cli {

/// What was started while this process was root; nullptr: nothing.
using StartedRoot = std::unique_ptr<engine::RootProcess>;

/// `--as`: starts the part that stays root, then is that user for good: groups, home, environment.
/// Errors (P0001): this is not root, there is no such user, a recorded machine was named; R4002.
dsl::Result<dsl::Done> become_user(const Options& options, StartedRoot& started);

/// Who makes what needs root on the workspace's machine, asked when the first such change is due.
/// Borrows all three.
engine::RootStart root_start(const Options& options, Workspace& workspace, StartedRoot& started);

}  // namespace gopol::cli
