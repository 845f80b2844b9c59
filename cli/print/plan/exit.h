#pragma once

#include "cli/terminal/exit_code.h"
#include "engine/plan/plan.h"

namespace gopol::cli {

/// 2 if anything is to be changed, 1 for a conflict, a `warn`, what is defeated or `on unknown
/// fail`, 3 for what a provider could not prepare, 4 for unknowns if `strict`.
Exit plan_exit(const engine::Plan& plan, bool strict);

}  // namespace gopol::cli
