#pragma once

#include <string_view>
#include <vector>

namespace gopol::providers::go {

/// Without blanks at both ends.
std::string_view trimmed(std::string_view text);

/// All parts, empty ones included; one part if there is no separator.
std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace gopol::providers::go
