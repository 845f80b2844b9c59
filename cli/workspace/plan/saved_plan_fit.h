#pragma once

#include <optional>
#include <set>

#include "cli/workspace/options.h"
#include "cli/workspace/workspace.h"
#include "engine/plan/planning.h"

namespace gopol::cli {

/// What `apply` shall do.
struct ToApply {
  LoadedPolicy loaded;                    ///< of a saved plan: without what is refused
  std::optional<engine::Planned> agreed;  ///< of a saved plan: what is left of it
  bool refused = false;                   ///< something of it is
  std::set<dsl::Slot> left_alone = {};    ///< of a saved plan: what it does not speak of
};

/// The policy that the options name; or that of the saved plan that they name, cut down to the
/// items that are as they were when it was saved. Prints a line for each that is not. Errors: those
/// of load_policy; P0001 for a file that is no plan; R4008 if the plan as a whole is of another
/// policy, machine or gopol.
dsl::Result<ToApply> load_to_apply(const Options& options, Workspace& workspace,
                                   dsl::Diagnostics& warnings);

}  // namespace gopol::cli
