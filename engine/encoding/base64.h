#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gopol::engine {

/// Source: RFC 4648 section 4, with padding. Decoding refuses anything else, line ends included.
std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

}  // namespace gopol::engine
