#pragma once

#include <string>

#include "cli/terminal/terminal.h"
#include "engine/apply/undo.h"

namespace gopol::cli {

/// The plan of an undo: each slot with what it is and what it becomes, how, and what stays.
std::string undo_text(const engine::UndoPlan& plan, const Terminal& terminal);

/// ` ok go.env`, ` failed file "/x"`: a line.
std::string undo_outcome_text(const engine::UndoOutcome& outcome, const Terminal& terminal);

}  // namespace gopol::cli
