#pragma once

#include "engine/plan/provider.h"

namespace gopol::providers::xcode {

/// Whether the licence of an Xcode was accepted on this machine; until then its tools and brew
/// stop. Compares the licence's own number; where the application does not tell it, a version that
/// is new enough. Unknown: an older one was accepted, and whether the licence changed since is
/// written nowhere.
dsl::Value license_accepted(const dsl::Path& app, const dsl::Version& version,
                            const engine::Host& host);

}  // namespace gopol::providers::xcode
