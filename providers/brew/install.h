#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers::brew {

/// brew.install: the Homebrew of this machine. gopol does not install it; it says how.
std::unique_ptr<engine::Provider> install_provider();

}  // namespace gopol::providers::brew
