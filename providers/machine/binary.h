#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers {

/// binary PATH: what a program's own file says of it; nothing is started.
std::unique_ptr<engine::Provider> binary_provider();

}  // namespace gopol::providers
