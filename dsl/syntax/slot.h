#pragma once

#include <optional>
#include <string_view>

#include "dsl/policy/schema.h"
#include "dsl/value/result.h"

namespace gopol::dsl {

/// Reads a slot as a policy writes it, the reverse of to_text(Slot): `go.env.GOPROXY`,
/// `go.toolchain["default"].version`, `network.reaches["host"]`. The schemas tell where the family
/// ends. Of what is there or not, the name alone is its existence: `os.rosetta`,
/// `brew.formula["jq"]`. Errors (P2001) with the nearest name.
Result<Slot> parse_slot(std::string_view text, const Schemas& schemas);

/// A family and its key without an attribute: `binary["/usr/bin/git"]`; nullopt if it is something
/// else.
std::optional<Slot> parse_resource_name(std::string_view text, const Schemas& schemas);

}  // namespace gopol::dsl
