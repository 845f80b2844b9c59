#include "providers/shell/syntax/fish_letters.h"

#include <tuple>
#include <utility>

namespace gopol::providers::shell {
namespace {

constexpr int most_fish_brackets = 100;

bool is_fish_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

bool ends_fish_word(char c) {
  return is_fish_blank(c) || c == '\n' || c == ';' || c == '|' || c == '<' || c == '>' ||
         c == '\0' || c == ')';
}

}  // namespace

void FishLetters::break_off(std::uint32_t line, const char* why) {
  if (broken_.line == 0) broken_ = {line, why};
  at_ = text_.size();
}

void FishLetters::skip(std::size_t count) {
  for (; count > 0 && !at_end(); --count) {
    if (text_[at_++] == '\n') ++line_;
  }
}

void FishLetters::take(std::string& out, std::size_t count) {
  out += text_.substr(at_, count);
  skip(count);
}

void FishLetters::skip_blanks() {
  for (;;) {
    if (is_fish_blank(peek())) {
      skip(1);
    } else if (sees("\\\n")) {
      skip(2);
    } else if (peek() == '#') {
      while (!at_end() && peek() != '\n') skip(1);
    } else {
      return;
    }
  }
}

void FishLetters::skip_separators() {
  for (skip_blanks(); peek() == '\n' || peek() == ';'; skip_blanks()) skip(1);
}

std::string FishLetters::look_at_word() {
  const auto before = std::pair(at_, line_);
  const Broken broken = broken_;
  std::string out = word();
  std::tie(at_, line_) = before;
  broken_ = broken;
  return out;
}

std::string FishLetters::word() {
  std::string out;
  while (!at_end() && !ends_fish_word(peek())) {
    const bool alone = ends_fish_word(peek(1)) || peek(1) == '&' || peek(1) == '>';
    if (peek() == '&' && (alone || out.empty())) break;
    part(out);
  }
  return out;
}

void FishLetters::part(std::string& out) {
  const char c = peek();
  if (c == '\\') return take(out, 2);
  if (c == '\'' || c == '"') return quoted(out, c);
  if (c == '(') return nested(out, '(', ')');
  if (c == '{') return nested(out, '{', '}');
  const char before = out.empty() ? ' ' : out.back();
  const bool index = before == ')' || before == '_' || (before >= '0' && before <= '9') ||
                     (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z');
  if (c == '[' && index && out.find_first_of("$(") != std::string::npos)
    return nested(out, '[', ']');
  take(out, 1);
}

void FishLetters::quoted(std::string& out, char quote) {
  const std::uint32_t from = line_;
  take(out, 1);
  while (!at_end() && peek() != quote) {
    if (quote == '"' && sees("$(")) {
      take(out, 1);
      nested(out, '(', ')');
    } else {
      take(out, peek() == '\\' ? 2 : 1);
    }
  }
  if (at_end()) return break_off(from, "a quote is not closed");
  take(out, 1);
}

void FishLetters::nested(std::string& out, char open, char shut) {
  const std::uint32_t from = line_;
  if (++depth_ > most_fish_brackets)
    return break_off(from, "brackets stand too deep in each other");
  take(out, 1);
  while (!at_end() && peek() != shut) {
    const char c = peek();
    const bool comment =
        c == '#' && open == '(' && (is_fish_blank(out.back()) || out.back() == '\n');
    if (comment) {
      while (!at_end() && peek() != '\n') skip(1);
    } else if (c == open) {
      nested(out, open, shut);
    } else if (c == '[') {
      take(out, 1);
    } else {
      part(out);
    }
  }
  if (at_end()) return break_off(from, "a bracket is not closed");
  take(out, 1);
  --depth_;
}

bool FishLetters::redirection() {
  std::size_t ahead = sees("&>") ? 1 : 0;
  while (peek(ahead) >= '0' && peek(ahead) <= '9') ++ahead;
  if (peek(ahead) != '<' && peek(ahead) != '>') return false;
  skip(ahead + 1);
  if (peek() == '|') {  // `2>| less`
    break_off(line_, "gopol does not understand the line");
    return false;
  }
  while (peek() == '>' || peek() == '&' || peek() == '?') skip(1);
  skip_blanks();
  if (word().empty()) break_off(line_, "gopol does not understand the line");
  return broken_.line == 0;
}

}  // namespace gopol::providers::shell
