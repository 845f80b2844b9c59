#pragma once

#include <string>
#include <string_view>

namespace gopol::dsl {

/// A text with the mark of a colour around it (`31`, as SGR of ECMA-48 numbers it). The mark is
/// made up anew in each run, so that no text from elsewhere holds one: only the door to the
/// terminal makes a colour of it, and whatever else moves a cursor is shown, not sent.
std::string inked(std::string_view text, std::string_view code);

/// `harmless` of a text, and its marks as escape sequences.
std::string harmless_with_ink(std::string_view text);

}  // namespace gopol::dsl
