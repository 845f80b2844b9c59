#pragma once

#include <vector>

#include "cli/workspace.h"
#include "dsl/lint/lint.h"

namespace gopol::cli {

/// The lints of all rooms, and what may be wrong with comments that ignore one.
std::vector<dsl::lint::LintName> all_lints();

/// What the lints have to say about a policy that checked without errors, less what comments in its
/// texts silence. Notes only if they are wanted, or if a comment may be about one.
dsl::Diagnostics lint(const dsl::Program& program, const dsl::Policy& policy,
                      const Workspace& workspace, bool notes = true);

}  // namespace gopol::cli
