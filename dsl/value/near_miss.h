#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gopol::dsl {

/// The candidate that was probably meant: another word for the same thing (`aarch64` for `arm64`),
/// else the nearest by `edit_distance`, at most 2 and at most a third of the longer text; the first
/// of equals.
std::optional<std::string> near_miss(std::string_view wrong,
                                     std::span<const std::string> candidates);

/// Bytes to insert, delete, change or swap with their neighbour (optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace gopol::dsl
