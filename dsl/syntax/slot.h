#pragma once

#include <string_view>

#include "dsl/policy/schema.h"
#include "dsl/value/result.h"

namespace gopol::dsl {

/// Reads a slot as a policy writes it, the reverse of to_text(Slot): `go.env.GOPROXY`,
/// `go.toolchain["default"].version`, `network.reaches["host"]`. The schemas tell where the family
/// ends. Errors (P2001) with the nearest name.
Result<Slot> parse_slot(std::string_view text, const Schemas& schemas);

}  // namespace gopol::dsl
