#pragma once

#include "cli/workspace/workspace.h"

namespace gopol::cli {

/// T6001: what an unsigned policy may never do: make programs run its code, or touch root's files.
dsl::Diagnostics forbidden_unsigned(const engine::Planned& planned, const Workspace& workspace);

/// Whether this process may do what needs root.
bool is_root();

}  // namespace gopol::cli
