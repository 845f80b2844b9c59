#include "dsl/value/address.h"

#include <algorithm>
#include <charconv>

namespace gopol::dsl {

std::optional<Address> split_address(std::string_view text) {
  constexpr std::string_view mark = "://";
  const std::size_t scheme = text.find(mark);
  if (scheme == text.npos) return {};
  Address out;
  out.scheme = text.substr(0, scheme);
  text.remove_prefix(scheme + mark.size());
  const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
  out.rest = text.substr(end);
  out.place = text.substr(0, end);
  if (const std::size_t at = out.place.rfind('@'); at != out.place.npos) {
    out.login = out.place.substr(0, at);
    out.place.remove_prefix(at + 1);
  }
  const bool bracketed = out.place.starts_with('[');
  out.host = out.place.substr(0, bracketed ? out.place.find(']') + 1 : out.place.find(':'));
  const std::string_view behind = out.place.substr(out.host.size());
  if (behind.starts_with(':')) out.port = behind.substr(1);
  return out;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned code = 0;
    const std::string_view digits = text.substr(std::min(i + 1, text.size()), 2);
    const char* const end = digits.data() + digits.size();
    const bool escape = text[i] == '%' && digits.size() == 2 &&
                        std::from_chars(digits.data(), end, code, 16).ptr == end;
    out += escape ? static_cast<char>(code) : text[i];
    if (escape) i += 2;
  }
  return out;
}

}  // namespace gopol::dsl
