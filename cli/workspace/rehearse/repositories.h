#pragma once

#include <vector>

#include "dsl/policy/policy.h"
#include "engine/host/host.h"

namespace gopol::cli {

/// Folders with a go.mod or go.work.
struct Repositories {
  std::vector<dsl::Path> folders;  ///< sorted
  bool all = true;                 ///< false: there may be more than the most that is looked at
};

/// Those that a policy names by `go.effective`, those in the user's home, and those up to two
/// levels below the folders that people usually keep them in: `~/src`, `~/code`, … What macOS asks
/// the user about, `~/Documents` say, is not looked into.
Repositories known_repositories(const dsl::Policy& policy, const engine::Host& host);

}  // namespace gopol::cli
