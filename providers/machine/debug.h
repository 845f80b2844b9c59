#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers {

/// debug: what a debugger needs on a Mac: developer mode, the group `_developer`, debugserver.
std::unique_ptr<engine::Provider> debug_provider();

}  // namespace gopol::providers
