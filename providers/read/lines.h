#pragma once

#include <string_view>
#include <vector>

namespace gopol::providers {

/// The lines of a text with their ends; the last may have none. Together they are the text.
std::vector<std::string_view> lines_with_ends(std::string_view text);

/// A line without its end, `\n` or `\r\n`.
std::string_view without_end(std::string_view line);

/// The words of a text, which any number of `blanks` separates.
std::vector<std::string_view> words_in(std::string_view text, std::string_view blanks);

}  // namespace gopol::providers
