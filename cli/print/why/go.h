#pragma once

#include <string>

#include "providers/go/run/effective.h"

namespace gopol::cli {

/// Which go runs in a folder: the answer on one line, then a line for each layer that was asked;
/// `*` marks the one that decided.
std::string why_go_text(const providers::go::EffectiveGo& found, const dsl::Path& folder);

/// The same as one JSON document.
std::string why_go_json(const providers::go::EffectiveGo& found, const dsl::Path& folder);

}  // namespace gopol::cli
