#pragma once

#include <chrono>
#include <string>

namespace gopol::engine {

/// Seconds from 1970-01-01 as `2026-11-23T14:03:00Z`; a moment outside whole seconds is cut.
std::string moment_text(std::chrono::system_clock::time_point moment);

}  // namespace gopol::engine
