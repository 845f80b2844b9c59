#pragma once

#include <string>

#include "engine/plan/provider.h"

namespace gopol::providers::xcode {

inline constexpr const char* clt_directory = "/Library/Developer/CommandLineTools";
/// In a developer directory that programs can work with: xcode-select asks for this file too.
inline constexpr const char* usable_file = "usr/lib/libxcrun.dylib";
inline constexpr const char* select_link = "/var/db/xcode_select_link";

/// A developer directory and what chose it. That it is chosen does not mean that it is there.
struct DeveloperDir {
  dsl::Value path;   ///< a Path; Absent: nothing is selected; Unknown: the link cannot be read
  std::string why;   ///< env, link, default, none
  std::string from;  ///< the variable or the link
};

/// What is selected for everybody: the link, else what is there. Source: xcode-select(1); TOOLCHAIN
/// notes on rustc's xcrun_show_sdk_path.
DeveloperDir selected_directory(const engine::Host& host);

/// The same for this session: DEVELOPER_DIR comes first, also if it leads nowhere.
DeveloperDir active_directory(const engine::Host& host);

/// The first file that programs cannot do without and that is not there; Absent if all are; Unknown
/// if that cannot be told. xcode-select asks for libxcrun.dylib; of the Command Line Tools the
/// compiler may be gone beside it, or it beside the compiler. Source: macos-truth, sections 3
/// and 4.
dsl::Value missing_part(const dsl::Path& directory, const engine::Host& host);

/// Whether nothing of it is missing.
dsl::Value is_usable(const dsl::Path& directory, const engine::Host& host);

}  // namespace gopol::providers::xcode
