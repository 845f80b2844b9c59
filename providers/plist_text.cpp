#include "providers/plist_text.h"

#include <utility>

namespace gopol::providers {
namespace {

std::string unescaped(std::string_view text) {
  constexpr std::pair<std::string_view, char> entities[] = {
      {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&amp;", '&'}};
  std::string out;
  while (!text.empty()) {
    bool replaced = false;
    for (const auto& [entity, character] : entities) {
      if (!text.starts_with(entity)) continue;
      out += character;
      text.remove_prefix(entity.size());
      replaced = true;
      break;
    }
    if (replaced) continue;
    out += text.front();
    text.remove_prefix(1);
  }
  return out;
}

}  // namespace

std::optional<std::string> plist_string(std::string_view xml, std::string_view key) {
  const std::string tag = "<key>" + std::string(key) + "</key>";
  const std::size_t at = xml.find(tag);
  if (at == std::string_view::npos) return {};
  xml.remove_prefix(at + tag.size());
  const std::size_t value = xml.find_first_not_of(" \t\r\n");
  if (value == std::string_view::npos) return {};
  xml.remove_prefix(value);
  constexpr std::string_view open = "<string>", close = "</string>";
  if (!xml.starts_with(open)) return {};
  xml.remove_prefix(open.size());
  const std::size_t end = xml.find(close);
  if (end == std::string_view::npos) return {};
  return unescaped(xml.substr(0, end));
}

}  // namespace gopol::providers
