#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gopol::dsl {

/// The candidate that `wrong` was probably meant to be: a known synonym (`aarch64` for `arm64`), else
/// the nearest by Damerau-Levenshtein distance, at most 2 and at most a third of its length.
/// Nothing if none is near, or two are equally near.
std::optional<std::string> near_miss(std::string_view wrong, std::span<const std::string> candidates);

}  // namespace gopol::dsl
