#pragma once

#include "engine/host/host.h"
#include "providers/health/ailment.h"

namespace gopol::providers {

/// What is wrong with Apple's developer tools: the selected directory, the licence of its Xcode,
/// the debugger. What mends it depends on what else is on the machine. Source: macos-truth,
/// sections 3 to 5.
void add_developer_tools(const engine::Facts& facts, const engine::Host& host, Ailments& out);

}  // namespace gopol::providers
