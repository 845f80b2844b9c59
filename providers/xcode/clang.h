#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/plan/provider.h"

namespace gopol::providers::xcode {

/// What a clang of Apple says of itself: `Apple clang version 15.0.0 (clang-1500.3.9.4)`.
struct Clang {
  std::string version;  ///< 15.0.0
  std::string build;    ///< 1500.3.9.4
  bool operator==(const Clang&) const = default;
};

/// Both parts are empty if the text is not that of an Apple clang.
Clang parse_clang(std::string_view printed);

/// A release of Xcode, and of the Command Line Tools of the same number.
struct Release {
  std::string version, macos_sdk, clang_build;
};

/// gopol's own table of releases; empty if it is not installed.
std::vector<Release> read_releases(const dsl::Path& share);

/// The version of tools with this clang and this newest SDK: one clang serves several releases, and
/// so does one SDK. Unknown if more than one fits, or none.
dsl::Value release_with(const std::vector<Release>& releases, std::string_view clang_build,
                        const dsl::Value& newest_sdk);

}  // namespace gopol::providers::xcode
