#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers::shell {

/// shell.profile SHELL: the variables that gopol's block in the shell's profile file sets; one
/// block a shell, the rest of the file stays to the byte. A line after the block that sets one of
/// them too is a finding: it hides the block's.
std::unique_ptr<engine::Provider> profile_provider();

}  // namespace gopol::providers::shell
