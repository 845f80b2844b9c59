#pragma once

#include <vector>

#include "cli/workspace/workspace.h"
#include "dsl/lint/lint.h"

namespace gopol::cli {

/// The lints of all rooms, and what may be wrong with comments that ignore one.
std::vector<dsl::lint::LintName> all_lints();

/// What the lints have to say about a policy that checked without errors, less what comments in its
/// texts silence. Notes only if they are wanted, or if a comment may be about one.
dsl::Diagnostics lint(const dsl::Program& program, const dsl::Policy& policy,
                      const Workspace& workspace, bool notes = true);

/// Whether comments silence lints, so that the program is needed to apply them.
bool has_ignores(const dsl::Program& program);
/// Takes away what comments in the texts silence, and says nothing about these comments.
void silence(const dsl::Program& program, const Workspace& workspace, dsl::Diagnostics& warnings);

}  // namespace gopol::cli
