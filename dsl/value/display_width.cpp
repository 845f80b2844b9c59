#include "dsl/value/display_width.h"

#include <utf8proc.h>

namespace gopol::dsl {

std::size_t display_width(std::string_view text) {
  std::size_t out = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++out;
      ++i;
      continue;
    }
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data() + i);
    utf8proc_int32_t point = 0;
    const auto length =
        utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - i), &point);
    out += length > 0 ? static_cast<std::size_t>(utf8proc_charwidth(point)) : 1;
    i += length > 0 ? static_cast<std::size_t>(length) : 1;
  }
  return out;
}

}  // namespace gopol::dsl
