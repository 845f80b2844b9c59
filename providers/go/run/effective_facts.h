#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers::go {

/// go.effective FOLDER: which Go really runs in a folder, and what decided; only read.
std::unique_ptr<engine::Provider> effective_provider();

}  // namespace gopol::providers::go
