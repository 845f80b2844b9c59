#pragma once

#include <string_view>

namespace gopol::providers::go {

/// Go's path.Match: `*` and `?` stop at `/`, `[a-z]` and `[^a]` classes, `\` escapes. A malformed
/// pattern matches nothing. Counts code points, as Go does.
bool path_match(std::string_view pattern, std::string_view text);

/// GOPRIVATE-style lists: a glob with N slashes is matched against the first N+1 elements of the
/// module path; empty and malformed globs are skipped, one trailing slash is cut. Source:
/// golang.org/x/mod/module.MatchPrefixPatterns.
bool match_prefix_patterns(std::string_view globs, std::string_view module_path);

}  // namespace gopol::providers::go
