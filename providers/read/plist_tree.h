#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gopol::providers {

struct PlistEntry;

/// A property list with what nests in it. What gopol never looks at (numbers, dates, data) is
/// `other`.
struct PlistNode {
  enum class Kind { other, text, truth, array, dictionary };
  Kind kind = Kind::other;
  std::string text;
  bool truth = false;
  std::vector<PlistNode> elements;  ///< of an array
  std::vector<PlistEntry> entries;  ///< of a dictionary, in file order

  const PlistNode* find(std::string_view key) const;
  std::string text_of(std::string_view key) const;  ///< empty: no such key, or no text
};

struct PlistEntry {
  std::string key;
  PlistNode value;
};

/// Binary or XML. Returns nullopt if it is damaged, or deeper than any that macOS writes.
std::optional<PlistNode> parse_plist(std::string_view plist);

inline constexpr int deepest_plist = 32;

}  // namespace gopol::providers
