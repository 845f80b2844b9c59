#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers::xcode {

/// xcode.app: the Xcode in use, else the one in /Applications; only read.
std::unique_ptr<engine::Provider> app_provider();

}  // namespace gopol::providers::xcode
