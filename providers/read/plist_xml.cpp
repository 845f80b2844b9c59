#include "providers/read/plist_xml.h"

#include <expat.h>

#include <limits>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace gopol::providers {
namespace {

using Kind = PlistNode::Kind;

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser>;

/// Builds the tree from the events of one document. Source: PropertyList-1.0.dtd.
class TreeBuilder {
 public:
  explicit TreeBuilder(XML_Parser parser) : parser_(parser) {
    XML_SetUserData(parser, this);
    XML_SetElementHandler(
        parser, [](void* self, const char* name, const char**) { of(self).open(name); },
        [](void* self, const char* name) { of(self).close(name); });
    XML_SetCharacterDataHandler(parser, [](void* self, const char* text, int size) {
      of(self).add_text({text, static_cast<std::size_t>(size)});
    });
    // Entities could grow a small file without end, and name other files.
    XML_SetStartDoctypeDeclHandler(
        parser, [](void* self, const char*, const char*, const char*, int has_declarations) {
          if (has_declarations != 0) of(self).refuse();
        });
    // One that only the document type, which is never read, could declare.
    XML_SetSkippedEntityHandler(parser, [](void* self, const char*, int) { of(self).refuse(); });
  }

  /// What was read; nullopt before the end of a whole list.
  std::optional<PlistNode> take() { return refused_ ? std::nullopt : std::move(root_); }

 private:
  /// A dictionary or an array whose end is still to come.
  struct Container {
    PlistNode node;
    std::optional<std::string> key;  ///< of a dictionary: its value comes next
  };

  static TreeBuilder& of(void* self) { return *static_cast<TreeBuilder*>(self); }

  /// Some events may still follow.
  void refuse() {
    refused_ = true;
    XML_StopParser(parser_, XML_FALSE);
  }

  void open(std::string_view name) {
    if (refused_) return;
    if (!in_plist_) {
      in_plist_ = name == "plist";
      if (!in_plist_) refuse();
    } else if (in_leaf_ || open_.size() > deepest_plist || !fits(name)) {
      refuse();
    } else if (name == "dict" || name == "array") {
      open_.push_back({});
      open_.back().node.kind = name == "dict" ? Kind::dictionary : Kind::array;
    } else {
      in_leaf_ = true;
      text_.clear();
    }
  }

  /// Whether an element may begin here: in a dictionary each key has one value.
  bool fits(std::string_view name) const {
    const bool in_dictionary = !open_.empty() && open_.back().node.kind == Kind::dictionary;
    if (name == "plist") return false;
    if (in_dictionary) return (name == "key") != open_.back().key.has_value();
    return name != "key" && (!open_.empty() || !root_);
  }

  void close(std::string_view name) {
    if (refused_ || name == "plist") return;
    if (in_leaf_) {
      in_leaf_ = false;
      close_leaf(name);
    } else if (open_.back().key) {
      refuse();
    } else {
      PlistNode node = std::move(open_.back().node);
      open_.pop_back();
      add(std::move(node));
    }
  }

  void close_leaf(std::string_view name) {
    if (name == "key") {
      open_.back().key = std::move(text_);
      return;
    }
    PlistNode node;
    if (name == "string") {
      node.kind = Kind::text;
      node.text = std::move(text_);
    } else if (name == "true" || name == "false") {
      node.kind = Kind::truth;
      node.truth = name == "true";
    }
    add(std::move(node));
  }

  void add(PlistNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (Container& around = open_.back(); around.node.kind == Kind::array) {
      around.node.elements.push_back(std::move(node));
    } else {
      around.node.entries.push_back({std::move(*around.key), std::move(node)});
      around.key.reset();
    }
  }

  void add_text(std::string_view text) {
    if (refused_) return;
    if (in_leaf_) {
      text_ += text;
    } else if (text.find_first_not_of(" \t\r\n") != std::string_view::npos) {
      refuse();
    }
  }

  XML_Parser parser_;
  std::vector<Container> open_;
  std::string text_;
  std::optional<PlistNode> root_;
  bool in_plist_ = false, in_leaf_ = false, refused_ = false;
};

}  // namespace

std::optional<PlistNode> xml_plist_tree(std::string_view xml) {
  if (xml.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return {};
  const Parser parser(XML_ParserCreate(nullptr));
  if (!parser) return {};
  TreeBuilder builder(parser.get());
  if (XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), XML_TRUE) != XML_STATUS_OK)
    return {};
  return builder.take();
}

}  // namespace gopol::providers
