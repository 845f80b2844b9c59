#include "dsl/value/harmless.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <system_error>

#include "dsl/value/utf8.h"

namespace gopol::dsl {
namespace {

/// Whether eight bytes are ASCII without control bytes: in each of them the high bit is clear, and
/// stays so when 0x20 is taken away and when 1 is added. A borrow or a carry errs on the safe side.
bool is_plain(const char* bytes) {
  std::uint64_t eight;
  std::memcpy(&eight, bytes, sizeof eight);
  constexpr std::uint64_t ones = 0x0101010101010101U, high = 0x8080808080808080U;
  return ((eight | (eight - 0x20 * ones) | (eight + ones)) & high) == 0;
}

/// What no XML 1.0 text can hold besides control characters, what marks up a text unseen, and
/// letters that have no ink: a name with one looks like the name without. Source:
/// Default_Ignorable_Code_Point of Unicode, without what emojis are made of.
bool is_no_text(char32_t point) {
  const auto within = [point](char32_t low, char32_t high) {
    return point >= low && point <= high;
  };
  return (point & 0xfffe) == 0xfffe || within(0xfdd0, 0xfdef) || within(0xfff0, 0xfffb) ||
         point == 0x34f || within(0x115f, 0x1160) || within(0x17b4, 0x17b5) || point == 0x180e ||
         point == 0x2065 || within(0x206a, 0x206f) || point == 0x3164 || point == 0xffa0 ||
         within(0x1d173, 0x1d17a) || within(0xe0080, 0xe0fff);
}

std::string escaped(std::string_view text, bool one_line) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    std::size_t length = utf8_sequence(text);
    const char32_t point = length != 0 ? code_point(text) : 0;
    if (length == 0) {
      length = 1;
      fmt::format_to(std::back_inserter(out), "\\x{:02X}", static_cast<unsigned char>(text[0]));
    } else if (one_line && (point == '\n' || point == '\t')) {
      out += point == '\n' ? "\\n" : "\\t";
    } else if (is_deceptive(point) || is_no_text(point)) {
      out += unicode_escape(point);
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return out;
}

}  // namespace

bool is_deceptive(char32_t point) {
  if (point < 0x20) return point != '\t' && point != '\n';
  if (point < 0x7f) return false;
  if (point < 0xa0) return true;
  const auto within = [point](char32_t low, char32_t high) {
    return point >= low && point <= high;
  };
  return point == 0xad || point == 0x61c || within(0x200b, 0x200f) || within(0x2028, 0x202e) ||
         within(0x2060, 0x2064) || within(0x2066, 0x2069) || point == 0xfeff ||
         within(0xe0000, 0xe007f);
}

std::size_t first_deceptive(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (at + 8 <= text.size() && is_plain(text.data() + at)) {
      at += 8;
      continue;
    }
    const std::size_t length = utf8_sequence(text.substr(at));
    if (length == 0 || is_deceptive(code_point(text.substr(at)))) return at;
    at += length;
  }
  return text.size();
}

char32_t code_point(std::string_view sequence) {
  const std::size_t length = utf8_sequence(sequence);
  const auto byte = [&](std::size_t at) {
    return static_cast<char32_t>(static_cast<unsigned char>(sequence[at]));
  };
  if (length == 0) return 0xfffd;
  if (length == 1) return byte(0);
  char32_t out = byte(0) & (0x7fU >> length);
  for (std::size_t at = 1; at < length; ++at) out = out << 6U | (byte(at) & 0x3fU);
  return out;
}

std::string utf8_of(char32_t point) {
  const auto tail = [point](unsigned shift) {
    return static_cast<char>(0x80U | (point >> shift & 0x3fU));
  };
  if (point < 0x80) return {static_cast<char>(point)};
  if (point < 0x800) return {static_cast<char>(0xc0U | point >> 6U), tail(0)};
  if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return "\xef\xbf\xbd";
  if (point < 0x10000) return {static_cast<char>(0xe0U | point >> 12U), tail(6), tail(0)};
  return {static_cast<char>(0xf0U | point >> 18U), tail(12), tail(6), tail(0)};
}

std::string json_escape(char32_t point) {
  const auto half = [](char32_t unit) {
    return fmt::format("\\u{:04x}", static_cast<std::uint32_t>(unit));
  };
  if (point < 0x10000) return half(point);
  return half(0xd800 + ((point - 0x10000) >> 10U)) + half(0xdc00 + ((point - 0x10000) & 0x3ffU));
}

std::string harmless_json(std::string json) {
  std::size_t from = first_deceptive(json);
  if (from == json.size()) return json;
  std::string out;
  std::string_view rest = json;
  while (!rest.empty()) {
    out += rest.substr(0, from);
    rest.remove_prefix(from);
    if (rest.empty()) break;
    const std::size_t length = utf8_sequence(rest);
    out += length != 0 ? json_escape(code_point(rest)) : "?";
    rest.remove_prefix(std::max<std::size_t>(1, length));
    from = first_deceptive(rest);
  }
  return out;
}

std::string unicode_escape(char32_t point) {
  return fmt::format("\\u{{{:X}}}", static_cast<std::uint32_t>(point));
}

std::optional<UnicodeEscape> parse_unicode_escape(std::string_view text) {
  constexpr std::size_t most_digits = 6;
  if (!text.starts_with("u{")) return {};
  std::uint32_t point = 0;
  const char* const digits = text.data() + 2;
  const auto [end, error] = std::from_chars(digits, text.data() + text.size(), point, 16);
  const auto count = static_cast<std::size_t>(end - digits);
  const bool closed = end != text.data() + text.size() && *end == '}';
  if (error != std::errc() || count > most_digits || !closed) return {};
  if (point == 0 || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return {};
  return UnicodeEscape{point, count + 3};
}

std::string harmless(std::string_view text) { return escaped(text, false); }

std::string harmless_line(std::string_view text) { return escaped(text, true); }

}  // namespace gopol::dsl
