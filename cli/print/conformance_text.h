#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/plugin/conformance.h"

namespace gopol::cli {

/// How many laws of the protocol a plugin breaks.
std::size_t broken_laws(const engine::Conformance& plugin);

/// For people: each plugin with its laws, kept or how they are broken, and a line that counts.
std::string conformance_text(const std::vector<engine::Conformance>& plugins);

}  // namespace gopol::cli
