#pragma once

#include "engine/host/host.h"
#include "engine/record/journal.h"

namespace gopol::engine {

/// Takes away the temporary files that a killed run left beside the files of a change it had begun.
/// `begun` is its intent. What cannot be removed stays: it is in nobody's way.
void remove_leftovers(const JournalEntry& begun, Disk& disk);

/// The same of gopol's own files in the state folder and in `policies` below it, for processes that
/// are no more. Only under the lock.
void sweep_state(const Path& state, Disk& disk);

}  // namespace gopol::engine
