#pragma once

#include <string_view>

#include "providers/shell/pattern/built.h"

namespace gopol::providers::shell {

/// Whether a regular expression fits somewhere in a text. What is quoted in it means itself. Knows
/// letters, `.`, `[…]` with classes, `( | )`, `* + ?`, `^ $`, `\d \w \s`; anything else is maybe.
/// Source: regex(7).
Truth regex_fits(const Built& expression, const Text& text);

}  // namespace gopol::providers::shell
