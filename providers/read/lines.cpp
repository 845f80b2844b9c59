#include "providers/read/lines.h"

#include <algorithm>
#include <cstddef>

namespace gopol::providers {

std::vector<std::string_view> lines_with_ends(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
    out.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return out;
}

std::string_view without_end(std::string_view line) {
  if (!line.ends_with('\n')) return line;
  line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::vector<std::string_view> words_in(std::string_view text, std::string_view blanks) {
  std::vector<std::string_view> out;
  while (true) {
    const std::size_t from = text.find_first_not_of(blanks);
    if (from == std::string_view::npos) return out;
    text.remove_prefix(from);
    const std::size_t end = std::min(text.find_first_of(blanks), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

}  // namespace gopol::providers
