#pragma once

#include <vector>

#include "cli/workspace.h"
#include "dsl/lint/lint.h"

namespace gopol::cli {

/// The lints of all rooms, and what may be wrong with comments that ignore one.
std::vector<dsl::lint::LintName> all_lints();

/// What the lints have to say about a policy that checked without errors, less what comments in its
/// texts silence.
dsl::Diagnostics lint(const dsl::Program& program, const dsl::Policy& policy,
                      const Workspace& workspace);

}  // namespace gopol::cli
