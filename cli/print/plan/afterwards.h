#pragma once

#include <string>

#include "cli/terminal/terminal.h"
#include "cli/workspace/rehearse/consequences.h"

namespace gopol::cli {

/// One line for each: `afterwards: breaks: …`; of very many of a kind the first few.
std::string afterwards_text(const Consequences& all, const Terminal& terminal);

}  // namespace gopol::cli
