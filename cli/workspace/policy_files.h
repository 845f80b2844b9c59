#pragma once

#include <vector>

#include "cli/workspace/policy_origin.h"

namespace gopol::cli {

/// `file "..." { from = "motd.txt" }`: every `from` becomes the `content` that the named file has
/// beside its policy: in the same folder, or in the same commit. Errors: P2015 for a name that
/// leaves the folder, P0001 for a file that is not there, R4002 if it cannot be read or fetched.
dsl::Result<dsl::Done> bring_files(const std::vector<PolicyText>& texts, const Workspace& workspace,
                                   dsl::Policy& policy);

}  // namespace gopol::cli
