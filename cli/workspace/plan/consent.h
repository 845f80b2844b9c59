#pragma once

#include "cli/workspace/options.h"
#include "cli/workspace/workspace.h"
#include "engine/plan/planning.h"

namespace gopol::cli {

/// Trust, rights and consent to a plan that was shown, before anything is touched: what works now
/// shall work afterwards unless somebody says that it need not (`breaks`: it will not); an unsigned
/// policy must be allowed; and `--yes` or a person at a terminal agrees, on a recorded machine as
/// on a real one. Returns false if that person says no. Errors: T6001, T6002, R4009; P0001 without
/// a terminal to ask at.
dsl::Result<bool> consent_to(const engine::Planned& planned, const LoadedPolicy& loaded,
                             const Options& options, const Workspace& workspace, bool breaks);

}  // namespace gopol::cli
