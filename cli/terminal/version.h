#pragma once

#include <string_view>

namespace gopol::cli {

inline constexpr std::string_view version_text = GOPOL_VERSION;

}  // namespace gopol::cli
