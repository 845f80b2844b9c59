#pragma once

#include "dsl/policy/schema.h"

namespace gopol::providers::go {

/// What a policy can say of `go.toolchain`.
dsl::Schema toolchain_schema();

}  // namespace gopol::providers::go
