#pragma once

#include <optional>
#include <string_view>

#include "providers/tcc/requirement.h"

namespace gopol::providers::tcc {

/// A compiled requirement, as TCC.db and code signatures keep it. Nothing: damaged, of a newer form
/// (kind 2), or with an operation that is not known here; nobody can say then what it asks.
std::optional<Requirement> decode_requirement(std::string_view blob);

}  // namespace gopol::providers::tcc
