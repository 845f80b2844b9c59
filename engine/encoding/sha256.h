#pragma once

#include <string>
#include <string_view>

namespace gopol::engine {

/// SHA-256 as 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

/// HMAC-SHA-256 (RFC 2104), written likewise.
std::string hmac_sha256(std::string_view key, std::string_view bytes);

}  // namespace gopol::engine
