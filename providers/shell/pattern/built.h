#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "providers/shell/pattern/text.h"

namespace gopol::providers::shell {

/// A word after its quotes and variables: each letter, and where it is from.
struct Built {
  enum class Kind : char { literal, quoted, from_variable, from_command };
  std::string text = {};
  std::vector<Kind> kinds = {};  ///< one a letter
  std::string why = {};          ///< empty: that is all of it
  bool had_quotes = false;

  void add(std::string_view more, Kind kind) {
    text += more;
    kinds.insert(kinds.end(), more.size(), kind);
  }
  void add(const Text& more, Kind kind) {
    add(more.text, kind);
    if (why.empty()) why = more.why;
  }
  Text plain() const { return {text, why}; }
  /// Whether the letter there means more than itself, if it is one of `letters`.
  bool is_active(std::size_t at, std::string_view letters) const {
    return kinds[at] != Kind::quoted && letters.find(text[at]) != std::string_view::npos;
  }
};

/// Whether a pattern with `*`, `?`, `[…]`, `(a|b)` is all of a text; what neither can tell is
/// maybe.
Truth matches(const Built& pattern, const Text& text);

/// The text without the shortest or longest part that matches, at its begin or its end.
enum class Cut { shortest_front, longest_front, shortest_back, longest_back };
Text cut(const Text& text, const Built& pattern, Cut how);

}  // namespace gopol::providers::shell
