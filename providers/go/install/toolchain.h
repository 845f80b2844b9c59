#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers::go {

/// go.toolchain: `"default"` is the tree behind gopol's link, which a policy pins; any other key is
/// the path of a Go that something else put on this machine, and is only read.
std::unique_ptr<engine::Provider> toolchain_provider(engine::Settings settings);

}  // namespace gopol::providers::go
