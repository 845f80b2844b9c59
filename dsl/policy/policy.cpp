#include "dsl/policy/policy.h"

namespace gopol::dsl {

std::optional<std::string> interpolate(
    std::string_view text,
    const std::function<std::optional<std::string>(std::string_view)>& lookup) {
  std::string out;
  while (true) {
    const std::size_t open = text.find(interpolation_mark);
    out += text.substr(0, open);
    if (open == std::string_view::npos) return out;
    text.remove_prefix(open + 1);
    const std::size_t close = text.find(interpolation_mark);
    const auto value = lookup(text.substr(0, close));
    if (!value) return {};
    out += *value;
    text.remove_prefix(close == std::string_view::npos ? text.size() : close + 1);
  }
}

}  // namespace gopol::dsl
