#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers::xcode {

/// xcode.clt: the Command Line Tools.
std::unique_ptr<engine::Provider> clt_provider(engine::Settings settings);

}  // namespace gopol::providers::xcode
