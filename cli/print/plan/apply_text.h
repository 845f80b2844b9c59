#pragma once

#include <string>

#include "cli/terminal/terminal.h"
#include "engine/apply/apply.h"
#include "engine/real/confine.h"
#include "engine/record/journal.h"

namespace gopol::cli {

/// What kept a plan from writing, beside the types of the program: a line.
std::string confinement_text(const engine::Confinement& held);

/// A line on a change that a killed run had begun.
std::string taken_over_text(const engine::JournalEntry& begun);

/// ` ok go.env`, ` failed file "/x"`, ` skipped file "/y": why`: a line.
std::string outcome_text(const engine::PlannedChange& change, const engine::Outcome& outcome,
                         const Terminal& terminal);

}  // namespace gopol::cli
