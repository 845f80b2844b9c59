#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/policy/allowed.h"
#include "dsl/value/path.h"
#include "dsl/value/result.h"

namespace gopol::providers::go {

/// A release archive for one platform, as gopol's own copy of go.dev's index knows it.
struct Release {
  std::string name;    ///< go1.22.2
  std::string sha256;  ///< may be empty
  bool stable = true;
};

/// The archives for `os` (darwin, linux) and `arch`, in the file's order. Empty if the file is not
/// there. It belongs to gopol, not to the machine that is looked at. Errors: it is no such index.
dsl::Result<std::vector<Release>> read_downloads(const dsl::Path& share, std::string_view os,
                                                 std::string_view arch);

const Release* find_release(const std::vector<Release>& releases, std::string_view name);

/// The version (bare) of the newest release that is allowed; a prerelease only if nothing else is.
std::optional<std::string> newest_allowed(const std::vector<Release>& releases,
                                          const dsl::Allowed& allowed);

}  // namespace gopol::providers::go
