#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers::files {

/// file PATH: whether a file is there, its content, mode and owner. Links are followed; a folder or
/// a device at the path is unknown and stays. A new file has its mode from the first moment.
std::unique_ptr<engine::Provider> file_provider();

}  // namespace gopol::providers::files
