#include "providers/read/plist_text.h"

#include <utility>

#include "providers/read/plist_binary.h"

namespace gopol::providers {
namespace {

constexpr std::string_view blanks = " \t\r\n";

/// Takes the tag at the front, blanks before it too.
bool take(std::string_view& xml, std::string_view tag) {
  const std::size_t at = xml.find_first_not_of(blanks);
  if (at == std::string_view::npos || !xml.substr(at).starts_with(tag)) return false;
  xml.remove_prefix(at + tag.size());
  return true;
}

std::optional<std::string> take_string(std::string_view& xml) {
  constexpr std::string_view close = "</string>";
  if (take(xml, "<string/>")) return std::string();
  if (!take(xml, "<string>")) return {};
  const std::size_t end = xml.find(close);
  if (end == std::string_view::npos) return {};
  std::string out = xml_unescaped(xml.substr(0, end));
  xml.remove_prefix(end + close.size());
  return out;
}

/// What follows `<key>NAME</key>`.
std::optional<std::vector<std::string>> xml_texts(std::string_view xml, std::string_view key) {
  const std::string tag = "<key>" + std::string(key) + "</key>";
  const std::size_t at = xml.find(tag);
  if (at == std::string_view::npos) return {};
  xml.remove_prefix(at + tag.size());
  std::vector<std::string> out;
  const bool is_array = take(xml, "<array>");
  while (auto text = take_string(xml)) {
    out.push_back(std::move(*text));
    if (!is_array) return out;
  }
  if (is_array ? !take(xml, "</array>") : !take(xml, "<array/>")) return {};
  return out;
}

}  // namespace

std::string xml_unescaped(std::string_view text) {
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

std::optional<std::vector<std::string>> plist_strings(std::string_view plist,
                                                      std::string_view key) {
  return is_binary_plist(plist) ? binary_plist_texts(plist, key) : xml_texts(plist, key);
}

std::optional<std::string> plist_string(std::string_view plist, std::string_view key) {
  auto texts = plist_strings(plist, key);
  if (!texts || texts->size() != 1) return {};
  return std::move(texts->front());
}

}  // namespace gopol::providers
