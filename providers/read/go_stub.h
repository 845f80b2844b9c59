#pragma once

#include <string>

#include "engine/host/host.h"

namespace gopol::providers::go {

/// A release of Go that is only tried out.
struct GoStub {
  std::string release;   ///< go1.22.2
  std::string os, arch;  ///< darwin or linux; arm64 or amd64
};

/// Writes to a copy of a machine as much of a Go's tree as gopol looks at: VERSION, go.env, the
/// heads of its programs and the folder of its tools, as the archives of go.dev have them.
dsl::Result<dsl::Done> write_go_stub(const GoStub& go, const dsl::Path& root, engine::Disk& copy);

}  // namespace gopol::providers::go
