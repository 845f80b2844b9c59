#include "providers/read/plist_tree.h"

#include <utility>

#include "providers/read/plist_binary.h"
#include "providers/read/plist_text.h"

namespace gopol::providers {
namespace {

using Kind = PlistNode::Kind;

/// One element after the other; a tag of a plist has no attributes but `version`.
class XmlReader {
 public:
  explicit XmlReader(std::string_view xml) : rest_(xml) {}

  std::optional<PlistNode> document() {
    const Tag root = take_tag();
    if (root.name != "plist" || root.kind != Tag::open) return {};
    return element(take_tag(), 0);
  }

 private:
  struct Tag {
    enum Kind { open, close, alone } kind = open;
    std::string_view name;  ///< empty: no more tags
  };

  /// The next tag; what is not one (a declaration, a comment, text) is passed over.
  Tag take_tag() {
    while (true) {
      const std::size_t at = rest_.find('<');
      if (at == std::string_view::npos) return {};
      rest_.remove_prefix(at + 1);
      const bool comment = rest_.starts_with("!--");
      const std::size_t end = rest_.find(comment ? "-->" : ">");
      if (end == std::string_view::npos) return {};
      std::string_view inside = rest_.substr(0, end);
      rest_.remove_prefix(end + (comment ? 3 : 1));
      if (comment || inside.empty() || inside.front() == '?' || inside.front() == '!') continue;
      Tag out;
      if (inside.front() == '/') {
        out.kind = Tag::close;
        inside.remove_prefix(1);
      } else if (inside.back() == '/') {
        out.kind = Tag::alone;
        inside.remove_suffix(1);
      }
      out.name = inside.substr(0, inside.find_first_of(" \t\r\n"));
      return out;
    }
  }

  /// What stands before the closing tag.
  std::optional<std::string> content(const Tag& tag) {
    if (tag.kind == Tag::alone) return std::string();
    const std::size_t end = rest_.find('<');
    if (tag.kind != Tag::open || end == std::string_view::npos) return {};
    std::string out = xml_unescaped(rest_.substr(0, end));
    const Tag closing = take_tag();
    if (closing.kind != Tag::close || closing.name != tag.name) return {};
    return out;
  }

  std::optional<PlistNode> element(const Tag& tag, int depth) {
    if (depth > deepest_plist || tag.name.empty() || tag.kind == Tag::close) return {};
    if (tag.name == "dict") return dictionary(tag, depth);
    if (tag.name == "array") return array(tag, depth);
    auto inside = content(tag);
    if (!inside) return {};
    PlistNode out;
    if (tag.name == "string") {
      out.kind = Kind::text;
      out.text = std::move(*inside);
    } else if (tag.name == "true" || tag.name == "false") {
      out.kind = Kind::truth;
      out.truth = tag.name == "true";
    }
    return out;
  }

  std::optional<PlistNode> dictionary(const Tag& tag, int depth) {
    PlistNode out;
    out.kind = Kind::dictionary;
    if (tag.kind == Tag::alone) return out;
    while (true) {
      const Tag next = take_tag();
      if (next.kind == Tag::close) return next.name == "dict" ? std::optional(out) : std::nullopt;
      auto key = next.name == "key" ? content(next) : std::nullopt;
      auto value = key ? element(take_tag(), depth + 1) : std::nullopt;
      if (!value) return {};
      out.entries.push_back({std::move(*key), std::move(*value)});
    }
  }

  std::optional<PlistNode> array(const Tag& tag, int depth) {
    if (tag.kind == Tag::alone) return PlistNode();
    while (true) {
      const Tag next = take_tag();
      if (next.kind == Tag::close && next.name == "array") return PlistNode();
      if (!element(next, depth + 1)) return {};
    }
  }

  std::string_view rest_;
};

}  // namespace

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
  return is_binary_plist(plist) ? binary_plist_tree(plist) : XmlReader(plist).document();
}

}  // namespace gopol::providers
