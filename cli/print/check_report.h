#pragma once

#include "cli/workspace/workspace.h"

namespace gopol::cli {

/// Prints what checking `files` files found, in the format that the options name.
void print_check(const dsl::Diagnostics& shown, std::size_t files, const Options& options,
                 const dsl::SourceMap& sources);

}  // namespace gopol::cli
