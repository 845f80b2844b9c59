#pragma once

#include <string>

#include "dsl/syntax/tree.h"

namespace gopol::tests {

/// Whether the tokens tile the text and the nodes nest.
bool tiles(const dsl::Tree& tree);

/// One node a line, indented, with its own significant tokens; the same for two texts that mean the
/// same: commas that may be left out do not show.
std::string outline(const dsl::Tree& tree);

}  // namespace gopol::tests
