#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "providers/shell/syntax/letters.h"

namespace gopol::providers::shell {

/// Reads a script of fish letter by letter, as `Letters` does for the others.
class FishLetters {
 public:
  explicit FishLetters(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ >= text_.size(); }
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool sees(std::string_view word) const { return text_.substr(at_).starts_with(word); }
  std::uint32_t line() const { return line_; }
  std::size_t position() const { return at_; }
  const Broken& broken() const { return broken_; }
  void break_off(std::uint32_t line, const char* why);

  void skip(std::size_t count);
  void skip_blanks();      ///< and comments, but no line end
  void skip_separators();  ///< and line ends, and `;`

  /// The word here; empty if none begins here.
  std::string word();
  std::string look_at_word();
  /// Past a redirection if one is here; true if it was.
  bool redirection();

 private:
  void part(std::string& out);
  void take(std::string& out, std::size_t count);
  void quoted(std::string& out, char quote);
  void nested(std::string& out, char open, char shut);

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  int depth_ = 0;
  Broken broken_;
};

}  // namespace gopol::providers::shell
