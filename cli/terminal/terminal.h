#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace gopol::cli {

/// What the place that is printed to can show.
struct Terminal {
  bool is_terminal = false;  ///< a person reads along: progress, questions
  bool colour = false;       ///< a terminal, and NO_COLOR is not set
  bool utf8 = false;         ///< else `->` for an arrow and `|` for a dot
  std::string_view arrow() const { return utf8 ? "→" : "->"; }
  std::string_view dot() const { return utf8 ? "·" : "|"; }
  std::string paint(std::string_view text, const char* code) const;
};

Terminal terminal_of(std::FILE* stream);

/// What is printed goes through `cli/terminal/door.h` first. False if the stream is closed or full.
bool print(std::string_view text);
void print_error(std::string_view text);
/// In place of the line that standard error shows now; an empty text clears it.
void print_progress(std::string_view text);

/// Whether somebody reads along and can answer.
bool is_person();

/// Prints a question that ends with `[y/N]`; whether the answer on standard input is yes.
bool ask(std::string_view question);

/// A value in a line: without its secrets, harmless, long or many-lined texts cut with their size.
std::string presentable(std::string_view text, std::size_t most = 72);

}  // namespace gopol::cli
