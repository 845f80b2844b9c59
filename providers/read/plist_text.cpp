#include "providers/read/plist_text.h"

#include <utility>

#include "providers/read/plist_tree.h"

namespace gopol::providers {

std::optional<std::vector<std::string>> plist_strings(std::string_view plist,
                                                      std::string_view key) {
  const auto top = parse_plist(plist);
  const PlistNode* value = top ? top->find(key) : nullptr;
  if (value == nullptr) return {};
  if (value->kind == PlistNode::Kind::text) return std::vector{value->text};
  if (value->kind != PlistNode::Kind::array) return {};
  std::vector<std::string> out;
  for (const PlistNode& element : value->elements) {
    if (element.kind != PlistNode::Kind::text) return {};
    out.push_back(element.text);
  }
  return out;
}

std::optional<std::string> plist_string(std::string_view plist, std::string_view key) {
  auto texts = plist_strings(plist, key);
  if (!texts || texts->size() != 1) return {};
  return std::move(texts->front());
}

}  // namespace gopol::providers
