#pragma once

#include <cstddef>
#include <string_view>

namespace gopol::dsl {

/// The columns that a text takes on a terminal: two for a wide character (漢, 🙂), none for one
/// that combines with the one before it. A byte that is not UTF-8 takes one, and so does a control
/// byte: both are printed as `?`. Code points are counted, as wcswidth(3) does, not what they join
/// to.
std::size_t display_width(std::string_view text);

}  // namespace gopol::dsl
