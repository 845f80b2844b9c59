#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gopol::providers::go {

/// The versions that a file of a version manager asks for, the preferred one first.
struct VersionLine {
  std::vector<std::string> versions;  ///< empty: it is said in a way that gopol does not read
  std::size_t number = 0;             ///< of the line, from 1
};

/// The first word of a `.go-version`, comments skipped.
std::optional<VersionLine> go_version_file(std::string_view text);

/// The line of one of the tools in a `.tool-versions`: `golang 1.22.2 1.21.9 # why`.
std::optional<VersionLine> tool_versions_file(std::string_view text,
                                              const std::vector<std::string_view>& tools);

/// What `[tools]` of a mise.toml says of Go: `go = "1.22"`, a list, or a table with `version`.
std::optional<VersionLine> mise_file(std::string_view text);

}  // namespace gopol::providers::go
