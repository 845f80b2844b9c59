#pragma once

#include <string>

#include "engine/plan/provider.h"
#include "providers/xcode/developer_dir.h"

namespace gopol::providers::xcode {

/// Whether the licence of an Xcode was accepted on this machine; until then its tools and brew
/// stop. Compares the licence's own number; where the application does not tell it, a version that
/// is new enough. Unknown: an older one was accepted, and whether the licence changed since is
/// written nowhere.
dsl::Value license_accepted(const dsl::Path& app, const dsl::Version& version,
                            const engine::Host& host);

/// The command that accepts it, which works on the Xcode that is selected: sudo does not pass
/// DEVELOPER_DIR on.
std::string license_command(const DeveloperDir& active);

}  // namespace gopol::providers::xcode
