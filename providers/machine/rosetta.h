#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers {

/// os.rosetta: whether Rosetta 2 is installed. gopol installs it; nothing removes it.
std::unique_ptr<engine::Provider> rosetta_provider();

}  // namespace gopol::providers
