#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers::xcode {

/// xcode.select: the developer directory, for everybody and for this session.
std::unique_ptr<engine::Provider> select_provider();

}  // namespace gopol::providers::xcode
