#pragma once

namespace gopol::engine {

/// What helps where the kernel refuses a program that is built for Intel.
inline constexpr const char* without_rosetta =
    "it is built for Intel, and this Mac has no Rosetta 2: install it for arm64, or "
    "`softwareupdate --install-rosetta`";

}  // namespace gopol::engine
