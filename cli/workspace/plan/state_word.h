#pragma once

#include <optional>
#include <string_view>

#include "engine/plan/plan.h"

namespace gopol::cli {

/// `ok`, `change`, `warning`, `waived`, `unknown`.
std::string_view state_word(engine::ItemState state);

/// Returns nullopt if it is none of them.
std::optional<engine::ItemState> state_of(std::string_view word);

}  // namespace gopol::cli
