#pragma once

#include <string>

#include "cli/workspace/workspace.h"

namespace gopol::cli {

/// Everything that a policy says of one slot, in words: its value, each rule with its place, the
/// way it came here, the facts that decided, and what would be without it.
std::string why_text(const engine::Slot& slot, const LoadedPolicy& loaded,
                     const engine::Planned& planned, const Workspace& workspace);

}  // namespace gopol::cli
