#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace gopol::providers::shell {

/// What may be, too: a condition nobody can decide from files.
enum class Truth { no, yes, maybe };
Truth negation(Truth a);
Truth both(Truth a, Truth b);
Truth either(Truth a, Truth b);
inline Truth truth(bool value) { return value ? Truth::yes : Truth::no; }

/// A text as far as files tell it: the front of it, and why no more is known.
struct Text {
  std::string text = {};
  std::string why = {};  ///< empty: `text` is all of it
  bool whole() const { return why.empty(); }
  bool operator==(const Text&) const = default;
};

/// Why, where a word needs what no file holds.
inline constexpr const char* untold = "it uses what cannot be told from files";

/// A byte of a variable's name.
inline bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

template <std::size_t Size>
bool is_one_of(std::string_view name, const std::array<const char*, Size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// They stand around PATH's text inside a longer one, so that its folders keep the lines that put
/// them there. No file that is read holds them.
inline constexpr char path_begin = '\x01', path_end = '\x02';
std::string without_marks(std::string text);

}  // namespace gopol::providers::shell
