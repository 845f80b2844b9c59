#pragma once

#include <chrono>
#include <memory>

#include "engine/plan/provider.h"

namespace gopol::engine {

/// The programs of `folder` as providers, by name; a missing folder has none. Each is started once
/// for its schema. One that may be written by others, or whose folder may, is refused; so is one
/// that fails, hangs past the deadline, talks garbage or too much: the error (R4002) names it, the
/// others load.
Providers load_plugins(const Path& folder, const Host& host, std::chrono::milliseconds deadline,
                       dsl::Diagnostics& errors);

}  // namespace gopol::engine
