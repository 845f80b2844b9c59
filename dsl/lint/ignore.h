#pragma once

#include <optional>
#include <span>

#include "dsl/lint/lint.h"
#include "dsl/syntax/module.h"
#include "dsl/value/value.h"

namespace gopol::dsl::lint {

/// What is wrong with comments that ignore a lint (all of them warnings).
std::span<const LintName> ignore_lints();

/// Takes away what a comment `# gopol:ignore L603 until 2026-12-31 because "…"` silences: a lint of
/// that code, or what is related to it, on the comment's line or, if the comment stands alone, on
/// the next line that is no comment. Adds L801 for a comment that is no such sentence, or lacks
/// `until` or `because`, L802 for one that has ended, L803 for one that silences nothing; these
/// count as long as the comments are in a text that is checked itself. `known` are the codes that
/// can be ignored.
void apply_ignores(const Program& program, const SourceMap& sources,
                   std::span<const LintName> known, std::optional<Date> today,
                   Diagnostics& diagnostics);

}  // namespace gopol::dsl::lint
