#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers::go {

/// go.tool NAME: programs that `go install` put into GOBIN: dlv, gopls.
std::unique_ptr<engine::Provider> tool_provider();

}  // namespace gopol::providers::go
