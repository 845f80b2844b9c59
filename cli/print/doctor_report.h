#pragma once

#include <string>
#include <vector>

#include "cli/terminal/terminal.h"
#include "providers/health/health.h"

namespace gopol::cli {

/// A line for each ailment, what mends it below, and how many there are. Notes only if `verbose`.
std::string doctor_text(const std::vector<providers::Ailment>& all, bool verbose,
                        const Terminal& terminal);

/// The same as one JSON document, with the notes.
std::string doctor_json(const std::vector<providers::Ailment>& all);

}  // namespace gopol::cli
