#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gopol::dsl {

/// Whether a character can deceive who reads a text: Cc but tab and line feed, what changes the
/// direction of writing, what has no width, what separates lines without being a line feed, tags.
/// No policy holds one as it is (LANGUAGE.md section 11).
bool is_deceptive(char32_t point);

/// The first byte of `text` that begins a deceptive character or is not UTF-8; text.size() if none.
std::size_t first_deceptive(std::string_view text);

/// The character that valid UTF-8 begins with.
char32_t code_point(std::string_view sequence);
/// As UTF-8; U+FFFD of what is no character.
std::string utf8_of(char32_t point);

/// `\u{202E}`, as texts of the language write it.
std::string unicode_escape(char32_t point);

/// The same character as JSON writes it: `\u202e`, in two halves if it is above U+FFFF.
std::string json_escape(char32_t point);
/// A document of JSON with its deceptive characters written so: it says what it said, and shows it.
std::string harmless_json(std::string json);

/// What stands behind the backslash of such an escape.
struct UnicodeEscape {
  char32_t point = 0;
  std::size_t length = 0;  ///< of `u{202E}`
};
/// Of the front of `text`: one to six digits that name a character other than NUL; else nullopt.
std::optional<UnicodeEscape> parse_unicode_escape(std::string_view text);

/// Fit to be printed, on a terminal too: deceptive characters as `\u{202E}`, what XML 1.0 cannot
/// hold likewise, bytes that are not UTF-8 as `\x9B`. Line feeds and tabs stay.
std::string harmless(std::string_view text);

/// The same of a text that stands in a line: its line feeds and tabs as `\n` and `\t`.
std::string harmless_line(std::string_view text);

}  // namespace gopol::dsl
