#pragma once

#include <string_view>

#include "engine/plan/plan.h"

namespace gopol::cli {

/// `ok`, `change`, `warning`, `waived`, `unknown`.
std::string_view state_word(engine::ItemState state);

}  // namespace gopol::cli
