#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

namespace gopol::dsl {

/// A path in normal form: absolute, no `.`, `..`, doubled or trailing slash. Relative texts are
/// kept as they are (a symlink's target). Never touches a disk.
struct Path {
  std::string text;

  Path() = default;
  explicit Path(std::string_view any) : text(normalise(any)) {}
  explicit Path(const char* any) : Path(std::string_view(any)) {}
  explicit Path(std::string&& any) : text(is_normal(any) ? std::move(any) : normalise(any)) {}

  bool is_absolute() const { return !text.empty() && text.front() == '/'; }
  bool empty() const { return text.empty(); }
  Path parent() const;                       ///< of `/`: `/`
  std::string_view name() const;             ///< the last component; empty for `/`
  bool is_within(const Path& folder) const;  ///< equal, or below it

  auto operator<=>(const Path&) const = default;

  static std::string normalise(std::string_view any);
  static bool is_normal(std::string_view any);  ///< a relative one always is
};

/// `tail` is relative; an absolute tail replaces, as in a shell's `cd`.
Path operator/(const Path& folder, std::string_view tail);

}  // namespace gopol::dsl
