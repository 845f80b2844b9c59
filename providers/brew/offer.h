#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsl/value/result.h"
#include "dsl/value/version.h"
#include "providers/brew/prefix.h"

namespace gopol::providers::brew {

/// What brew would install under a name.
struct Offer {
  std::string name;      ///< the formula's own name, not an alias
  dsl::Version version;  ///< with its revision: 1.22.4_1
};

/// From `brew info --json=v2`; nothing: it is not of that form, or has no stable version.
std::optional<Offer> parse_offer(std::string_view json);

/// Errors: brew refuses or knows no such formula.
dsl::Result<Offer> ask_offer(const Prefix& prefix, const std::string& name, engine::Host& host);

}  // namespace gopol::providers::brew
