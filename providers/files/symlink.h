#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers::files {

/// symlink PATH: whether a link is there and its target, as written. What is no link stays.
std::unique_ptr<engine::Provider> symlink_provider();

}  // namespace gopol::providers::files
