#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace gopol::dsl {

/// Letters of ASCII alone, whatever the language of the machine.
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

inline std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

}  // namespace gopol::dsl
