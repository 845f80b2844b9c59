#pragma once

#include "cli/workspace/workspace.h"

namespace gopol::cli {

/// T6001: what an unsigned policy may never do: make programs run its code, or touch root's files.
dsl::Diagnostics forbidden_unsigned(const engine::Planned& planned, const Workspace& workspace);

/// R4005: changes that need root are listed, not made: this program does not run as root for a
/// user's files.
dsl::Diagnostics needs_root(const engine::Planned& planned);

}  // namespace gopol::cli
