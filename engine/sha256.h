#pragma once

#include <string>
#include <string_view>

namespace gopol::engine {

/// The 32 bytes of SHA-256.
std::string sha256(std::string_view bytes);

std::string hex(std::string_view bytes);  ///< lower case

}  // namespace gopol::engine
