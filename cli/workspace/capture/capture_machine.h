#pragma once

#include "cli/workspace/workspace.h"
#include "engine/capture/notes.h"

namespace gopol::cli {

/// What this machine answers to doctor, to `why go` of the home, to every fact, and to a plan of
/// the policy that the options name (none is there and none was named: of no policy). Of files that
/// only the policy names, only the lines that it names. Errors: a policy that was named and is
/// wrong. The workspace has no machine any more then.
dsl::Result<engine::Notes> capture_machine(const Options& options, Workspace& workspace);

}  // namespace gopol::cli
