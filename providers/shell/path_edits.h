#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/value/path.h"
#include "providers/shell/shells.h"

namespace gopol::providers::shell {

/// What a block does to PATH: takes folders out, then puts some in front, then one before all.
struct PathEdits {
  std::optional<dsl::Path> first;
  std::vector<dsl::Path> before;  ///< in PATH's order
  std::vector<dsl::Path> absent;
  bool empty() const { return !first && before.empty() && absent.empty(); }
  bool operator==(const PathEdits&) const = default;
};

/// The lines that do it in that shell; empty for no edits. Folders are absolute, without `:` and
/// line ends (asserted by who calls).
std::string path_lines(Shell shell, const PathEdits& edits);

/// What `path_lines` was given; nothing if the lines are not all of that kind.
std::optional<PathEdits> path_edits(Shell shell, std::string_view lines);

/// The folder that a line of `path_lines` takes out of PATH; nothing: it is another line.
std::optional<dsl::Path> taken_out(Shell shell, std::string_view line);

}  // namespace gopol::providers::shell
