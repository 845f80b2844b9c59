#pragma once

#include <vector>

#include "cli/workspace/policy_origin.h"
#include "dsl/syntax/module.h"

namespace gopol::cli {

/// Parses the texts and what they import: paths beside the importing file, inside of the same
/// repository or commit, and `std/name@1` of the library that is installed with gopol. What was
/// imported is added to `texts`. Errors: those of parsing, P2009, P2010, P2017 for an import that
/// cannot be used.
dsl::Result<dsl::Program> load_program(std::vector<PolicyText>& texts, Workspace& workspace,
                                       dsl::Diagnostics& warnings);

}  // namespace gopol::cli
