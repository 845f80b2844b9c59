#pragma once

#include <string>

#include "engine/real/programs.h"

namespace gopol::engine {

/// Starts `file` with the command's arguments and waits for its end, its deadline or too much
/// output. The command's environment comes over the given one. When this returns, no process of its
/// group is left, and on Linux nothing else that it started, unless it `acts` and ended in time.
/// One that `acts` keeps what keep_while_acting names: should this process be killed, it is let go
/// only when the program is gone too.
Result<Output> start(const std::string& file, const Command& command, Environment environment,
                     bool acts = false);

/// A descriptor above 3, of a lock that says that somebody changes this machine; -1: none any more.
void keep_while_acting(int descriptor);

}  // namespace gopol::engine
