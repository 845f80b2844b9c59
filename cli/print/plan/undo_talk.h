#pragma once

#include "cli/terminal/exit_code.h"
#include "cli/workspace/options.h"
#include "cli/workspace/workspace.h"
#include "engine/apply/undo.h"

namespace gopol::cli {

/// What a person sees of an undo, and is asked. They may not outlive the arguments.
engine::UndoCallbacks undo_callbacks(const Options& options, const Workspace& workspace);

/// Says what an undo came to. `leaves`: gopol's own folders were to go.
Exit conclude(const engine::Undone& undone, bool leaves, const Workspace& workspace);

}  // namespace gopol::cli
