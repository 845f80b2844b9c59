#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "providers/tcc/requirement.h"

namespace gopol::providers::tcc {

/// As `codesign -d -r-` prints it: `identifier "com.apple.Terminal" and anchor apple`.
std::string to_text(const Requirement& requirement);

/// The other way round, for the requirement in a profile. Nothing: not understood.
std::optional<Requirement> parse_requirement(std::string_view text);

/// `67fb...`, lower case.
std::string hex(std::string_view bytes);

}  // namespace gopol::providers::tcc
