#pragma once

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <utility>

#include "dsl/value/box.h"
#include "dsl/value/name.h"

namespace gopol::dsl {

/// A text made for people: shown, stored, sent on. It has no `==` and nothing to search in it, so
/// that no decision can be taken from it: what is decided on is a field or an enum beside it.
/// One word if it is empty, as it mostly is.
class Prose {
 public:
  Prose() = default;
  Prose(std::string text) : text_(from(std::move(text))) {}
  Prose(std::string_view text) : Prose(std::string(text)) {}
  Prose(const char* text) : Prose(std::string(text)) {}
  Prose(const Name& text) : Prose(text.text()) {}

  const std::string& text() const {
    static const std::string none;
    return text_ ? *text_ : none;
  }
  operator const std::string&() const { return text(); }
  operator std::string_view() const { return text(); }
  bool empty() const { return !text_; }  ///< nothing is said

  template <class T>
  bool operator==(const T&) const = delete;
  template <class T>
  auto operator<=>(const T&) const = delete;

 private:
  static Box<std::string> from(std::string text) {
    return text.empty() ? Box<std::string>() : Box<std::string>(std::move(text));
  }

  Box<std::string> text_;
};

inline std::string operator+(const Prose& a, std::string_view b) {
  return a.text() + std::string(b);
}
inline std::string operator+(std::string_view a, const Prose& b) {
  return std::string(a) + b.text();
}

}  // namespace gopol::dsl

template <>
struct fmt::formatter<gopol::dsl::Prose> : fmt::formatter<fmt::string_view> {
  template <class FormatContext>
  auto format(const gopol::dsl::Prose& prose, FormatContext& context) const {
    return fmt::formatter<fmt::string_view>::format(prose.text(), context);
  }
};
