#include "providers/shell/syntax/letters.h"

#include <algorithm>

namespace gopol::providers::shell {
namespace {

constexpr int most_brackets = 100;  // a text that people write never needs that
constexpr const char* not_closed = "a quote or bracket is not closed";

}  // namespace

void Letters::break_off(std::uint32_t line, const char* why) {
  if (broken_.line == 0) broken_ = {line, why};
  at_ = text_.size();
}

void Letters::step() {
  if (at_end()) return;
  if (text_[at_++] != '\n') return;
  ++line_;
  while (!here_ends_.empty()) here_document();
}

void Letters::skip(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) step();
}

void Letters::skip_blanks() {
  while (true) {
    if (peek() == '\\' && peek(1) == '\n')
      skip(2);
    else if (peek() == ' ' || peek() == '\t' || peek() == '\r')
      step();
    else
      break;
  }
  if (peek() == '#') at_ = std::min(text_.find('\n', at_), text_.size());
}

void Letters::skip_lines() {
  for (skip_blanks(); peek() == '\n'; skip_blanks()) step();
}

bool Letters::ends_word() const {
  return at_end() || std::string_view(" \t\n;&|()<>").find(peek()) != std::string_view::npos ||
         (peek() == '\r' && peek(1) == '\n');
}

/// A bracket that is a part of the word before it: an array, a pattern, what zsh puts behind one.
bool Letters::bracket_in_word(const std::string& before) const {
  if (peek() != '(') return false;
  if (before.ends_with('=')) return true;
  if (before.empty()) return false;
  if (zsh_) return peek(1) != ')';
  return std::string_view("@+?*!").find(before.back()) != std::string_view::npos;
}

std::string Letters::word() {
  std::string out;
  while (broken_.line == 0) {
    if (bracket_in_word(out))
      nested(out, '(', ')');
    else if ((peek() == '<' || peek() == '>') && peek(1) == '(' && (out.empty() || zsh_)) {
      take(out, 1);  // a process as a file
      nested(out, '(', ')');
    } else if (peek() == '\\' && peek(1) == '\n') {
      skip(2);
    } else if (ends_word()) {
      break;
    } else {
      part(out);
    }
  }
  return out;
}

std::string Letters::look_at_word() {
  const Letters before = *this;
  std::string out = word();
  *this = before;
  return out;
}

std::string Letters::pattern() {
  std::string out;
  while (!at_end() && peek() != ' ' && peek() != '\t' && peek() != '\n') part(out);
  return out;
}

/// One letter, or all of a quoted or bracketed part of a word.
void Letters::part(std::string& out) {
  const char c = peek();
  if (c == '\\') {
    take(out, 2);
  } else if (c == '\'') {
    quoted(out, '\'', false);
  } else if (c == '`') {
    quoted(out, '`', true);
  } else if (c == '"') {
    double_quoted(out);
  } else if (c == '$' && peek(1) == '\'') {
    take(out, 1);
    quoted(out, '\'', true);
  } else if (c == '$' && (peek(1) == '(' || peek(1) == '{')) {
    take(out, 1);
    nested(out, peek(), peek() == '(' ? ')' : '}');
  } else {
    take(out, 1);
  }
}

void Letters::take(std::string& out, std::size_t count) {
  for (std::size_t i = 0; i < count && !at_end(); ++i) {
    if (peek() == '\n') ++line_;  // inside a word: no here-document begins
    out += text_[at_++];
  }
}

void Letters::quoted(std::string& out, char quote, bool escapes) {
  const std::uint32_t from = line_;
  take(out, 1);
  while (!at_end() && peek() != quote) take(out, escapes && peek() == '\\' ? 2 : 1);
  if (at_end()) return break_off(from, not_closed);
  take(out, 1);
}

void Letters::double_quoted(std::string& out) {
  const std::uint32_t from = line_;
  take(out, 1);
  while (!at_end() && peek() != '"') {
    const bool plain = peek() == '\'' || (peek() == '$' && peek(1) == '\'');
    if (plain)
      take(out, 1);
    else
      part(out);
  }
  if (at_end()) return break_off(from, not_closed);
  take(out, 1);
}

void Letters::nested(std::string& out, char open, char shut) {
  const std::uint32_t from = line_;
  if (++depth_ > most_brackets) return break_off(from, not_closed);
  take(out, 1);
  while (!at_end() && peek() != shut) {
    const bool begins_word =
        out.empty() || std::string_view(" \t\n;(").find(out.back()) != std::string_view::npos;
    if (peek() == '#' && open == '(' && begins_word) {  // a comment in an array or a command
      const std::size_t end = std::min(text_.find('\n', at_), text_.size());
      at_ = end;
    } else if (peek() == open) {
      nested(out, open, shut);
    } else {
      part(out);
    }
  }
  --depth_;
  if (at_end()) return break_off(from, not_closed);
  take(out, 1);
}

std::string Letters::arithmetic() {
  const std::uint32_t from = line_;
  std::string out;
  skip(2);
  int depth = 0;
  while (!at_end() && (depth > 0 || peek() != ')' || peek(1) != ')')) {
    if (peek() == '(') ++depth;
    if (peek() == ')') --depth;
    part(out);
  }
  if (at_end()) {
    break_off(from, not_closed);
    return out;
  }
  skip(2);
  return out;
}

bool Letters::redirection() {
  skip_blanks();
  std::size_t digits = 0;
  while (peek(digits) >= '0' && peek(digits) <= '9') ++digits;
  const char c = peek(digits), next = peek(digits + 1);
  const bool both = c == '&' && next == '>';
  if (!both && ((c != '<' && c != '>') || (next == '(' && digits == 0))) return false;
  skip(digits + (both ? 1 : 0));
  const bool here = peek() == '<' && peek(1) == '<' && peek(2) != '<';
  const bool reads = c == '<' && digits == 0 && next != '<' && next != '&' && next != '>';
  bool tabs = false;
  while (peek() == '<' || peek() == '>') step();
  if (here && peek() == '-') {
    tabs = true;
    step();
  } else if (peek() == '&' || peek() == '|' || peek() == '!') {
    step();
  }
  skip_blanks();
  std::string word = this->word();
  if (word.empty() && peek() != '-') break_off(line_, "nothing follows a redirection");
  if (reads) input_ = word;
  if (!here) return true;
  std::erase_if(word,
                [](char letter) { return letter == '\'' || letter == '"' || letter == '\\'; });
  here_ends_.append(tabs ? "-" : " ").append(word).append("\n");
  return true;
}

void Letters::here_document() {
  const std::size_t cut = here_ends_.find('\n');
  const std::string end = here_ends_.substr(1, cut - 1);
  const bool tabs = here_ends_.front() == '-';
  here_ends_.erase(0, cut + 1);
  while (!at_end()) {
    const std::size_t stop = std::min(text_.find('\n', at_), text_.size());
    std::string_view line = text_.substr(at_, stop - at_);
    if (tabs) line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size()));
    at_ = std::min(stop + 1, text_.size());
    ++line_;
    if (line == end) return;
  }
}

}  // namespace gopol::providers::shell
