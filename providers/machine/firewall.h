#pragma once

#include <memory>
#include <string_view>

#include "engine/plan/provider.h"

namespace gopol::providers {

/// firewall: macOS' application firewall, which looks at incoming connections only.
std::unique_ptr<engine::Provider> firewall_provider();

/// What `socketfilterfw --getglobalstate` says: off, on, block_all; else Unknown. Its words differ
/// between releases of macOS, the number does not.
dsl::Value parse_firewall_state(std::string_view printed);

}  // namespace gopol::providers
