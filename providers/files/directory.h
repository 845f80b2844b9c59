#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers::files {

/// directory PATH: whether a folder is there, its mode and owner. `absent` removes only an empty
/// one.
std::unique_ptr<engine::Provider> directory_provider();

}  // namespace gopol::providers::files
