#pragma once

#include "cli/workspace/options.h"
#include "cli/workspace/workspace.h"

namespace gopol::cli {

/// What the arguments of `facts` name, and what the policy of `--policy` reads and asserts, so that
/// a plan can be made from the facts alone. Errors: those of load_policy and of planning.
dsl::Result<engine::Facts> gathered_facts(const std::vector<engine::Slot>& slots,
                                          const Options& options, const engine::World& world,
                                          Workspace& workspace);

/// The facts without what only their owner may read.
engine::Facts fit_to_show(const engine::Facts& facts);

/// Writes a snapshot to the file of `--record`: fit to be handed on if so asked, else its owner's
/// alone (0600).
dsl::Result<dsl::Done> record_facts(engine::Facts facts, const Options& options,
                                    Workspace& workspace);

}  // namespace gopol::cli
