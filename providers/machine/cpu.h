#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers {

/// cpu.arch, brand, cores, translated.
std::unique_ptr<engine::Provider> cpu_provider();

}  // namespace gopol::providers
