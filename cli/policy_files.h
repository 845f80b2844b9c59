#pragma once

#include <vector>

#include "cli/policy_origin.h"

namespace gopol::cli {

/// `file "..." { from = "motd.txt" }`: every `from` becomes the `content` that the named file has
/// beside its policy: in the same folder, or in the same commit. Errors: P2015 for a name that
/// leaves the folder, P0001 for a file that is not there, R4002 if it cannot be read or fetched.
dsl::Result<dsl::Done> bring_files(const std::vector<PolicyText>& texts, const Workspace& workspace,
                                   dsl::Policy& policy);

/// A file, named from the top of the repository, of the commit that `policy` came from. Errors:
/// R4002 if it cannot be fetched, or the branch moved on meanwhile.
dsl::Result<std::string> file_of_commit(const PolicyText& policy, const std::string& path,
                                        const Workspace& workspace);

}  // namespace gopol::cli
