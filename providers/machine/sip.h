#pragma once

#include <memory>
#include <string_view>

#include "engine/plan/provider.h"

namespace gopol::providers {

/// sip: System Integrity Protection of a Mac.
std::unique_ptr<engine::Provider> sip_provider();

/// What `csrutil status` says: true, false, or Unknown with what is switched off.
dsl::Value parse_sip_status(std::string_view printed);

}  // namespace gopol::providers
