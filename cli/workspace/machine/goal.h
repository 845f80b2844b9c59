#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "cli/workspace/options.h"
#include "cli/workspace/workspace.h"

namespace gopol::cli {

/// What a person is to reach: as the policy says it, as `--want` says it, or what is usually
/// wanted.
struct Goal {
  engine::Slot slot;
  dsl::Allowed allowed;

  bool reached(const engine::Value& now) const;
};

/// The slot that a guide was asked for. Errors: what parse_slot says; P2001, with an example, for
/// the name of a family.
dsl::Result<engine::Slot> slot_to_guide(const std::string& name, const dsl::Schemas& schemas);

/// Errors: P0001 if neither the policy nor `--want` says what the slot is to be, and those of
/// load_policy and of planning.
dsl::Result<Goal> goal_of(const Options& options, const engine::Slot& slot, Workspace& workspace);

/// P0001: no person can do anything about the slot.
dsl::Diagnostic no_steps(const engine::Slot& slot);

/// `--wait`; unsaid, a day where a person reads along and can end it.
std::chrono::seconds patience_of(const Options& options, bool person);

/// Looks again until the goal is reached or the time is up; `changed` hears each other state on the
/// way. Returns what was seen last.
engine::Observation wait_for(const Goal& goal, engine::Observation seen, std::chrono::seconds most,
                             const engine::World& world,
                             const std::function<void(const engine::Observation&)>& changed);

}  // namespace gopol::cli
