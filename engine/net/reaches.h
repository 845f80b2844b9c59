#pragma once

#include "dsl/value/result.h"
#include "engine/net/answer.h"

namespace gopol::engine::net {

/// {"host": `name[:port]`, "deadline_ms"} → {"reaches"}: whether a TCP and TLS connection comes
/// about; for port 80 TCP alone.
dsl::Result<Json> reaches(const Json& request);

}  // namespace gopol::engine::net
