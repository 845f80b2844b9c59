#pragma once

#include <fmt/core.h>

#include <compare>
#include <concepts>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>

namespace gopol::dsl {

/// A text that the whole run keeps once: a copy is one word, equality compares addresses. Never
/// given back, so only for what names things (families, attributes, keys, rules), not for content.
class Name {
 public:
  Name();
  Name(std::string_view text);
  Name(const std::string& text) : Name(std::string_view(text)) {}
  Name(const char* text) : Name(std::string_view(text)) {}

  const std::string& text() const { return *text_; }
  operator const std::string&() const { return *text_; }
  operator std::string_view() const { return *text_; }
  bool empty() const { return text_->empty(); }
  std::size_t size() const { return text_->size(); }
  bool starts_with(std::string_view prefix) const { return text_->starts_with(prefix); }
  bool starts_with(char first) const { return text_->starts_with(first); }

  bool operator==(const Name& other) const { return text_ == other.text_; }
  std::strong_ordering operator<=>(const Name& other) const {  ///< by byte
    return text_ == other.text_ ? std::strong_ordering::equal : *text_ <=> *other.text_;
  }
  template <class T>
  requires(std::convertible_to<const T&, std::string_view> && !std::same_as<T, Name>) bool
  operator==(const T& other) const {
    return *text_ == std::string_view(other);
  }

 private:
  const std::string* text_;  ///< in the run's table, never null
};

std::string operator+(Name a, std::string_view b);
std::string operator+(std::string_view a, Name b);

/// One word: names of one text have one address.
struct NameHash {
  std::size_t operator()(const Name& name) const {
    return reinterpret_cast<std::size_t>(&name.text()) * 0x9e3779b97f4a7c15U >> 16U;
  }
};

}  // namespace gopol::dsl

template <>
struct fmt::formatter<gopol::dsl::Name> : fmt::formatter<fmt::string_view> {
  template <class FormatContext>
  auto format(const gopol::dsl::Name& name, FormatContext& context) const {
    return fmt::formatter<fmt::string_view>::format(name.text(), context);
  }
};
