#include "providers/read/plist_tree.h"

#include "providers/read/plist_binary.h"
#include "providers/read/plist_xml.h"

namespace gopol::providers {
const PlistNode* PlistNode::find(std::string_view key) const {
  for (const auto& [name, node] : entries) {
    if (name == key) return &node;
  }
  return nullptr;
}

std::string PlistNode::text_of(std::string_view key) const {
  const PlistNode* node = find(key);
  return node == nullptr || node->kind != Kind::text ? std::string() : node->text;
}

std::optional<PlistNode> parse_plist(std::string_view plist) {
  return is_binary_plist(plist) ? binary_plist_tree(plist) : xml_plist_tree(plist);
}

}  // namespace gopol::providers
