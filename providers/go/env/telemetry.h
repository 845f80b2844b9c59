#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/plan/provider.h"

namespace gopol::providers::go {

/// go.telemetry: what Go counts and sends, which is no variable of `go env`.
std::unique_ptr<engine::Provider> telemetry_provider();

/// The mode in a mode file: what stands before the first blank. Source: x/telemetry, Dir.Mode.
std::string telemetry_mode(std::string_view text);

}  // namespace gopol::providers::go
