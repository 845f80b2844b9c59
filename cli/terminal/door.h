#pragma once

#include <string>
#include <string_view>

namespace gopol::cli {

/// Everything that is printed goes through here, whatever it is made of and whoever wrote it: no
/// secret is left in it, and no character that a terminal, an editor, XML 1.0 or a browser takes
/// for more than a character. What stands for a secret is `mark`.

/// Text, Markdown, XML, commands of a CI service: `\u{202E}` for such a character. The colours of
/// `Terminal::paint` stay.
std::string fit_to_print(std::string_view text, std::string_view mark);

/// A document of JSON, each of its texts by itself: the same characters as `\u202e`.
std::string json_fit_to_print(std::string_view json, std::string_view mark);

}  // namespace gopol::cli
