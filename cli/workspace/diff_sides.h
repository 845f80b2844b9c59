#pragma once

#include <string>
#include <vector>

#include "cli/workspace/options.h"
#include "cli/workspace/policy_origin.h"

namespace gopol::cli {

/// One of two policies to compare.
struct DiffSide {
  std::string name;               ///< as the report prints it
  std::vector<PolicyText> texts;  ///< together one policy
};

struct DiffSides {
  DiffSide was, is;
};

/// What `gopol diff` was asked to compare: OLD NEW, each a file or all policies of a folder, or a
/// range of commits in git's spelling. `A..B` are the two as they are, either may be left out and
/// is HEAD then; `A...B` is what B did since it left A. Errors: P0001, and those of reading.
dsl::Result<DiffSides> diff_sides(const Options& options, const Workspace& workspace);

/// The side parsed and checked, with the files that its rules copy from. Warnings are dropped:
/// `check` is there to show them.
dsl::Result<dsl::Policy> policy_of(DiffSide& side, Workspace& workspace);

}  // namespace gopol::cli
