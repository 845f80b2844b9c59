#pragma once

#include <map>
#include <string>
#include <vector>

#include "dsl/lint/lint.h"

namespace gopol::tests {

/// The day that lints are tried on, wherever they run.
inline constexpr const char* lint_day = "2026-11-24";

/// The tables of all rooms.
std::vector<dsl::lint::LintName> all_lints();

/// What the checker and all lints say about a text without its first line `gopol 1.0`, as
/// `gopol check -v` would on `lint_day`. `files`: what it can import, by name.
dsl::Diagnostics linted(const std::string& text, dsl::SourceMap& sources,
                        const std::map<std::string, std::string>& files = {});

}  // namespace gopol::tests
