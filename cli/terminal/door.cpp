#include "cli/terminal/door.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "dsl/value/harmless.h"
#include "dsl/value/ink.h"
#include "dsl/value/secret.h"
#include "dsl/value/utf8.h"

namespace gopol::cli {
namespace {

/// The four digits of `\u202e`; 0 if there are none.
std::uint32_t four_digits(std::string_view text) {
  std::uint32_t out = 0;
  const std::string_view digits = text.substr(0, 4);
  std::from_chars(digits.data(), digits.data() + digits.size(), out, 16);
  return out;
}

/// Appends the character that an escape is, and returns how many bytes behind the `\` it takes.
/// RFC 8259 section 7.
std::size_t append_escaped(std::string_view escape, std::string& out) {
  if (escape.empty()) return 0;
  constexpr std::string_view names = "bfnrt", characters = "\b\f\n\r\t";
  if (const std::size_t at = names.find(escape[0]); at != std::string_view::npos) {
    out += characters[at];
    return 1;
  }
  if (escape[0] != 'u') {
    out += escape[0];
    return 1;
  }
  const std::uint32_t first = four_digits(escape.substr(1));
  const std::string_view rest = escape.substr(std::min<std::size_t>(5, escape.size()));
  if (first >= 0xd800 && first < 0xdc00 && rest.starts_with("\\u")) {
    const std::uint32_t second = four_digits(rest.substr(2));
    out += dsl::utf8_of(0x10000 + ((first & 0x3ff) << 10) + (second & 0x3ff));
    return 11;
  }
  out += dsl::utf8_of(first);
  return 5;
}

std::string decoded(std::string_view inside) {
  std::string out;
  for (std::size_t at = 0; at < inside.size(); ++at) {
    if (inside[at] == '\\') {
      at += append_escaped(inside.substr(at + 1), out);
    } else {
      out += inside[at];
    }
  }
  return out;
}

std::string encoded(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(1, dsl::utf8_sequence(text));
    const char32_t point = dsl::code_point(text);
    if (point == '"' || point == '\\') {
      out.append("\\").append(text.substr(0, 1));
    } else if (point == '\n' || point == '\t') {
      out += point == '\n' ? "\\n" : "\\t";
    } else if (dsl::is_deceptive(point)) {
      out += dsl::json_escape(point);
    } else {
      out += dsl::utf8_of(point);
    }
    text.remove_prefix(length);
  }
  return out;
}

/// What stands between two quotes. Most of it is as it should be and stays as it is.
std::string literal_fit_to_print(std::string_view inside, std::string_view mark) {
  if (inside.find('\\') == std::string_view::npos) {
    if (dsl::first_deceptive(inside) == inside.size() && dsl::secrets_in(inside).empty())
      return std::string(inside);
  }
  return encoded(dsl::without_secrets(decoded(inside), mark));
}

/// Where a text that begins behind a quote ends.
std::size_t closing_quote(std::string_view json, std::size_t at) {
  while (at < json.size() && json[at] != '"') at += json[at] == '\\' ? 2 : 1;
  return std::min(at, json.size());
}

}  // namespace

std::string fit_to_print(std::string_view text, std::string_view mark) {
  return dsl::harmless_with_ink(dsl::without_secrets(text, mark));
}

std::string json_fit_to_print(std::string_view json, std::string_view mark) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t open = std::min(json.find('"', at), json.size());
    out += dsl::harmless(json.substr(at, open - at));  // numbers and brackets
    if (open == json.size()) break;
    const std::size_t close = closing_quote(json, open + 1);
    out += '"' + literal_fit_to_print(json.substr(open + 1, close - open - 1), mark);
    if (close < json.size()) out += '"';
    at = close + 1;
  }
  return out;
}

}  // namespace gopol::cli
