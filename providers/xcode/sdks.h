#pragma once

#include <string>
#include <vector>

#include "engine/plan/provider.h"

namespace gopol::providers::xcode {

/// The macOS SDKs of a developer directory. Versions come from what is in them: names lie, and
/// links give one SDK several.
struct Sdks {
  std::vector<dsl::Version> versions;  ///< oldest first, each once
  dsl::Value usual = {};               ///< the Version behind MacOSX.sdk
  dsl::Path usual_path;                ///< that link or folder
  dsl::Value trouble = {};             ///< Unknown: the folder cannot be read
  std::vector<std::string> findings;   ///< an SDK that says nothing of itself

  dsl::Value newest() const;  ///< Absent if there is none
  dsl::Value texts() const;   ///< a List
};

/// What one SDK says of itself: its version if it is one for macOS, else Absent; Unknown if it
/// cannot be read.
dsl::Value macos_version_of(const dsl::Path& sdk, const engine::Host& host);

/// Command Line Tools have them in SDKs, Xcode in its platform.
Sdks sdks_of(const dsl::Path& developer_dir, const engine::Host& host);

}  // namespace gopol::providers::xcode
