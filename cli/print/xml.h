#pragma once

#include <string>
#include <string_view>

namespace gopol::cli {

/// Text that may stand in XML 1.0; bytes that may not become `?`.
std::string escaped(std::string_view text);

}  // namespace gopol::cli
