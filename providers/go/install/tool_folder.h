#pragma once

#include "engine/host/host.h"

namespace gopol::providers::go {

/// Where `go install` puts programs by what the user's env file says, whatever a process sets:
/// GOBIN, else `bin` of the first entry of GOPATH, else `~/go/bin`.
dsl::Path tool_folder(const engine::Host& host);

}  // namespace gopol::providers::go
