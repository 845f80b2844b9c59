#pragma once

#include <string>

#include "engine/real/programs.h"

namespace gopol::engine {

/// Starts `file` with the command's arguments and waits for its end, its deadline or too much
/// output. The command's environment comes over the given one. When this returns, no process of its
/// group is left.
Result<Output> start(const std::string& file, const Command& command, Environment environment);

}  // namespace gopol::engine
