#pragma once

#include <optional>
#include <string>

#include "engine/root/serve.h"

namespace gopol::cli {

/// The pipes that the part which is root was started with for a user; whoever prints from now on
/// talks to the terminal. Nothing: no pipes, or sudo let in somebody else.
std::optional<engine::LinePipe> pipes_for(const std::string& uid);

/// Nothing of who started us is left.
void forget_environment();

/// What to do for that user. What the machine knows of the user is not told by who asks. The home
/// may be another than that of /etc/passwd, and is the user's in any case; else nothing.
std::optional<engine::RootTask> task_from(engine::LinePipe& pipe, const std::string& uid);

}  // namespace gopol::cli
