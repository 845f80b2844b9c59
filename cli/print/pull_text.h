#pragma once

#include <string>
#include <vector>

#include "cli/terminal/terminal.h"
#include "cli/workspace/pull.h"

namespace gopol::cli {

/// What a pull of one source came to: a line.
std::string pull_line(const SourcePull& pull, const PolicyStore& store, const Terminal& terminal);

/// The same of all sources, as JSON.
std::string pull_json(const std::vector<SourcePull>& pulls, const PolicyStore& store);

}  // namespace gopol::cli
