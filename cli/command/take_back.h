#pragma once

#include "cli/terminal/exit_code.h"
#include "cli/workspace/undo_choice.h"

namespace gopol::cli {

using Choosing = dsl::Result<engine::UndoChoice> (*)(const Options&, const Workspace&);

/// One undo of what is chosen. `leaves`: gopol's own folders go at the end.
Exit take_back(const Options& options, Choosing choose, bool leaves);

}  // namespace gopol::cli
