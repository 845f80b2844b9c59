#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers::tcc {

/// tcc.grant CLIENT: what macOS lets a program do with private data, as far as it can be told.
std::unique_ptr<engine::Provider> grant_provider();

}  // namespace gopol::providers::tcc
