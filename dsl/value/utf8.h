#pragma once

#include <cstddef>
#include <string_view>

namespace gopol::dsl {

/// The length of the UTF-8 sequence that `text` begins with; 0 if it begins with none, or is empty.
/// Source: RFC 3629 section 4: no overlong forms, no surrogates, nothing above U+10FFFF.
std::size_t utf8_sequence(std::string_view text);

bool is_utf8(std::string_view text);

}  // namespace gopol::dsl
