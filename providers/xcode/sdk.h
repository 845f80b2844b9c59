#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers::xcode {

/// xcode.sdk: the macOS SDKs of the active developer directory; only read.
std::unique_ptr<engine::Provider> sdk_provider();

}  // namespace gopol::providers::xcode
