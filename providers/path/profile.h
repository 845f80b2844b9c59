#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers::shell {

/// shell.profile SHELL: the variables that gopol's block in the shell's files sets; one block a
/// shell, the rest of the files stays to the byte. Of the user's own shell it is told where one of
/// them is not what the block says.
std::unique_ptr<engine::Provider> profile_provider();

}  // namespace gopol::providers::shell
