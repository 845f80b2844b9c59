#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers::files {

/// line PATH: the lines of a file, without their ends. `includes` appends what is missing,
/// `excludes` removes; every other byte stays.
std::unique_ptr<engine::Provider> line_provider();

}  // namespace gopol::providers::files
