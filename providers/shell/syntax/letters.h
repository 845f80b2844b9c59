#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace gopol::providers::shell {

/// What stops reading a script.
struct Broken {
  std::uint32_t line = 0;
  const char* why = "";
};

/// Reads a script letter by letter: words with all that is quoted or bracketed in them, blanks,
/// comments, here-documents. Knows no commands.
class Letters {
 public:
  Letters(std::string_view text, bool zsh) : text_(text), zsh_(zsh) {}

  bool at_end() const { return at_ >= text_.size(); }
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool sees(std::string_view word) const { return text_.substr(at_).starts_with(word); }
  std::uint32_t line() const { return line_; }
  std::size_t position() const { return at_; }
  const Broken& broken() const { return broken_; }
  void break_off(std::uint32_t line, const char* why);

  /// Past one letter; a line end takes the here-documents behind it along.
  void step();
  void skip(std::size_t count);
  void skip_blanks();  ///< and comments, but no line end
  void skip_lines();   ///< and line ends

  /// The word here; empty if none begins here.
  std::string word();
  /// A regular expression: brackets and bars belong to it.
  std::string pattern();
  /// Past a redirection if one is here; true if it was.
  bool redirection();
  /// The file of the last `< FILE`, once.
  std::string take_input() { return std::exchange(input_, {}); }
  /// The word here without moving.
  std::string look_at_word();
  /// The text up to `((`'s `))`, past it; nothing here is a command.
  std::string arithmetic();

 private:
  bool ends_word() const;
  void part(std::string& out);
  void take(std::string& out, std::size_t count);
  void quoted(std::string& out, char quote, bool escapes);
  void double_quoted(std::string& out);
  void nested(std::string& out, char open, char shut);
  bool bracket_in_word(const std::string& before) const;
  void here_document();

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  bool zsh_ = false;
  int depth_ = 0;
  Broken broken_;
  std::string input_;
  std::string
      here_ends_;  ///< one behind the other, each with a line end; those with tabs as `-END`
};

}  // namespace gopol::providers::shell
