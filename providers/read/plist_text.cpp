#include "providers/read/plist_text.h"

#include <fmt/format.h>

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

dsl::Value plist_value(std::string_view plist, std::string_view key, const dsl::Path& file) {
  const auto top = parse_plist(plist);
  if (!top || top->kind != PlistNode::Kind::dictionary)
    return dsl::Unknown{fmt::format("`{}` is not a property list that gopol can read", file.text),
                        ""};
  const PlistNode* value = top->find(key);
  if (value == nullptr) return dsl::Absent{};
  if (value->kind == PlistNode::Kind::text) return value->text;
  return dsl::Unknown{fmt::format("`{}` in `{}` is not a text", key, file.text), ""};
}

dsl::Value needed_plist_value(std::string_view plist, std::string_view key, const dsl::Path& file) {
  dsl::Value out = plist_value(plist, key, file);
  const auto* text = out.as<std::string>();
  if (out.is_absent() || (text != nullptr && text->empty()))
    return dsl::Unknown{fmt::format("`{}` does not say its {}", file.text, key), ""};
  return out;
}

std::optional<std::string> plist_string(std::string_view plist, std::string_view key) {
  auto texts = plist_strings(plist, key);
  if (!texts || texts->size() != 1) return {};
  return std::move(texts->front());
}

}  // namespace gopol::providers
