#pragma once

#include <string>

#include "engine/plan/provider.h"
#include "providers/tcc/services.h"

namespace gopol::providers::tcc {

/// How a person gives or takes a right: the pane of System Settings on this macOS, and what to do
/// there. `decision` is allowed, denied or undetermined. Source: macos-truth/TCC.md section 4.
engine::Guide guide_to(const Service& service, const std::string& client,
                       const std::string& decision, const engine::Host& host);

}  // namespace gopol::providers::tcc
