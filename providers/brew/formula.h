#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers::brew {

/// brew.formula NAME: what Homebrew installed, and which version of it.
std::unique_ptr<engine::Provider> formula_provider();

}  // namespace gopol::providers::brew
