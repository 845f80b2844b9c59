#pragma once

#include <vector>

#include "engine/apply/undo_plan.h"

namespace gopol::engine {

/// The folders that a change made with all in them, and that are still there.
std::vector<Path> trees_of(const MadeChange& change, const Disk& disk);

/// Makes of a step that brings back what a provider moved aside one that removes it where it lies.
/// False: nothing was moved aside.
bool purge_aside(UndoStep& step, const Providers& providers, const Host& host);

}  // namespace gopol::engine
