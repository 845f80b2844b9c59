#pragma once

#include <string>

#include "providers/go/install/toolchain_wish.h"

namespace gopol::providers::go {

/// Makes the directory hold the release and the link lead to it. A download goes to a staging
/// folder beside the directory, is looked at, and gets its name at the end. If it fails, all is as
/// it was.
dsl::Result<dsl::Done> install_toolchain(const ToolchainWish& wish, const std::string& mirror,
                                         engine::Host& host);

}  // namespace gopol::providers::go
