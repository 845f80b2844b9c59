#pragma once

#include "cli/terminal/exit_code.h"
#include "cli/workspace/undo_choice.h"

namespace gopol::cli {

using Choosing = dsl::Result<engine::UndoChoice> (*)(const Options&, const Workspace&);

/// One undo of what is chosen. `leaves`: gopol's own folders go at the end.
Exit take_back(const Options& options, Choosing choose, bool leaves);

/// One undo of a run, by its name in the journal.
dsl::Result<Exit> take_back_run(const Options& options, Workspace& workspace,
                                const std::string& run);

}  // namespace gopol::cli
