#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/workspace/options.h"
#include "cli/workspace/workspace.h"

namespace gopol::cli {

/// The files that the arguments name, else the one policy here or upward; none, with errors, if
/// there is none.
std::vector<std::string> files_named(const Options& options, dsl::Diagnostics& errors);

/// What was made of one file, kept so that the last is never taken apart: the program ends first.
struct Checked {
  std::optional<dsl::Program> program;
  std::optional<dsl::Policy> policy;
  std::optional<dsl::SourceId> id;  ///< nothing: it could not be read
};

/// Checks one file and what it imports, with `fix` again after its safe fixes are written; all of
/// its diagnostics. `notes`: the lints that only note something are asked too.
dsl::Diagnostics check_file(const std::string& file, bool fix, bool notes, Workspace& workspace,
                            Checked& checked);

}  // namespace gopol::cli
