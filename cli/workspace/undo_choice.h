#pragma once

#include "cli/workspace/options.h"
#include "cli/workspace/workspace.h"
#include "engine/apply/undo_plan.h"

namespace gopol::cli {

/// The journal of the machine that the workspace is open on; an empty one if there is none.
dsl::Result<engine::JournalContent> journal_of(const Workspace& workspace);

/// What the argument of `undo` names: a run (as `log` dates it, or its name), a rule, or a slot. No
/// argument: the last run that still stands. Errors (P0001): nothing of the kind is known here, or
/// several runs begin so.
dsl::Result<engine::UndoChoice> undo_choice(const Options& options, const Workspace& workspace);

}  // namespace gopol::cli
