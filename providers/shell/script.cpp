#include "providers/shell/script.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace gopol::providers::shell {
namespace {

constexpr std::array alone = {"if", "then", "elif", "else", "fi", "while", "until",
                              "do", "done", "esac", "{",    "}",  "!"};
constexpr std::array heads = {"for", "case", "function", "select"};

template <std::size_t Size>
bool is_one_of(const std::string& word, const std::array<const char*, Size>& words) {
  return std::any_of(words.begin(), words.end(), [&](const char* one) { return word == one; });
}

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Script run() {
    while (at_ < text_.size() && out_.broken_at == 0) step();
    end_command(";");
    return std::move(out_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  void step() {
    const char c = peek();
    if (c == '\\' && peek(1) == '\n') {
      at_ += 2;
      ++line_;
    } else if (c == ' ' || c == '\t') {
      end_word();
      ++at_;
    } else if (c == '#' && !in_word_) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '\n') {
      end_line();
    } else if (c == '<' || c == '>' || (c == '&' && peek(1) == '>')) {
      redirect();
    } else if (c == '(' && word_.ends_with('=')) {
      take_nested('(', ')');  // an array
    } else if (c == ';' || c == '&' || c == '|' || c == '(' || c == ')') {
      take_operator(c);
    } else {
      begin_word();
      take_part();
    }
  }

  void begin_word() {
    if (!in_word_) word_line_ = line_;
    in_word_ = true;
  }

  void end_line() {
    end_word();
    if (!in_test_) end_command(";");
    ++at_;
    ++line_;
    while (!here_ends_.empty()) skip_here_document();
  }

  /// One byte, or all of a quoted or bracketed part of a word.
  void take_part() {
    const char c = peek();
    if (c == '\\') {
      take(1);
      if (at_ < text_.size()) take(1);
    } else if (c == '\'') {
      take_quoted('\'', false);
    } else if (c == '`') {
      take_quoted('`', true);
    } else if (c == '"') {
      take_double_quoted();
    } else if (c == '$' && (peek(1) == '(' || peek(1) == '{')) {
      take(1);
      take_nested(peek(), peek() == '(' ? ')' : '}');
    } else {
      take(1);
    }
  }

  void take(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      if (peek() == '\n') ++line_;
      word_ += text_[at_++];
    }
  }

  void take_quoted(char quote, bool escapes) {
    const std::uint32_t from = line_;
    take(1);
    while (at_ < text_.size() && peek() != quote)
      take(escapes && peek() == '\\' && at_ + 1 < text_.size() ? 2 : 1);
    close(quote, from);
  }

  void take_double_quoted() {
    const std::uint32_t from = line_;
    take(1);
    while (at_ < text_.size() && peek() != '"' && out_.broken_at == 0) {
      const bool bare = peek() == '\'';
      if (bare)
        take(1);
      else
        take_part();
    }
    close('"', from);
  }

  void take_nested(char open, char shut) {
    const std::uint32_t from = line_;
    if (++depth_ > 100) out_.broken_at = from;  // a bracketed text never needs that
    begin_word();
    take(1);
    while (at_ < text_.size() && peek() != shut && out_.broken_at == 0) {
      if (peek() == open)
        take_nested(open, shut);
      else
        take_part();
    }
    close(shut, from);
    --depth_;
  }

  void close(char last, std::uint32_t from) {
    if (out_.broken_at != 0) return;
    if (peek() == last && at_ < text_.size())
      take(1);
    else
      out_.broken_at = from;
  }

  void redirect() {
    if (peek(1) == '(') {  // a process as a file
      take(1);
      take_nested('(', ')');
      return;
    }
    if (in_test_) {
      end_word();
      command_.words.emplace_back(1, text_[at_++]);
      return;
    }
    if (is_digits(word_)) {
      word_.clear();
      in_word_ = false;
    }
    end_word();
    const bool here = peek() == '<' && peek(1) == '<' && peek(2) != '<';
    while (peek() == '<' || peek() == '>' || peek() == '&' || (here && peek() == '-')) ++at_;
    skipping_ = true;
    here_ = here;
  }

  void skip_here_document() {
    const std::string end = here_ends_.front();
    here_ends_.erase(here_ends_.begin());
    while (at_ < text_.size()) {
      const std::size_t stop = std::min(text_.find('\n', at_), text_.size());
      std::string_view line = text_.substr(at_, stop - at_);
      line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size()));
      at_ = std::min(stop + 1, text_.size());
      ++line_;
      if (line == end) return;
    }
  }

  void take_operator(char c) {
    end_word();
    std::string text(1, c);
    if (c != '(' && c != ')' && peek(1) == c) text += c;
    at_ += text.size();
    if (in_test_) {
      command_.words.push_back(std::move(text));
      return;
    }
    if (text == "|" || text == "&") mark_apart();
    end_command(text == ";;" || text == "&" ? ";" : text);
  }

  void mark_apart() {
    if (!command_.words.empty())
      command_.apart = true;
    else if (!out_.commands.empty())
      out_.commands.back().apart = true;  // `fi | …`
  }

  void end_word() {
    if (!in_word_) return;
    in_word_ = false;
    std::string word = std::exchange(word_, {});
    if (skipping_) {
      skipping_ = false;
      if (here_) {
        std::erase_if(word, [](char c) { return c == '\'' || c == '"' || c == '\\'; });
        here_ends_.push_back(std::move(word));
      }
      return;
    }
    if (command_.words.empty()) {
      if (word.size() > 1 && word[0] == '\\') word.erase(0, 1);  // no alias, the command itself
      command_.line = word_line_;
      if (is_one_of(word, alone)) {
        command_.reserved = true;
        command_.words.push_back(std::move(word));
        end_command("");
        return;
      }
      command_.reserved = is_one_of(word, heads);
      in_test_ = word == "[[";
    }
    const bool closes_test = in_test_ && word == "]]";
    command_.words.push_back(std::move(word));
    if (closes_test) {
      in_test_ = false;
      end_command(";");
    }
  }

  /// `next`: the operator that stands before the next command. `&&` before a new line still counts.
  void end_command(std::string next) {
    end_word();
    skipping_ = false;
    const bool bracket = next == "(" || next == ")";
    const bool was_bracket = before_ == "(" || before_ == ")";
    if (command_.words.empty() && !was_bracket) {
      if (before_.empty() || before_ == ";" || bracket) before_ = std::move(next);
      return;
    }
    command_.apart = command_.apart || before_ == "|";
    command_.before = std::exchange(before_, std::move(next));
    if (command_.words.empty()) command_.line = line_;
    out_.commands.push_back(std::exchange(command_, {}));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1, word_line_ = 1;
  int depth_ = 0;
  std::string word_, before_ = ";";
  bool in_word_ = false, in_test_ = false, skipping_ = false, here_ = false;
  std::vector<std::string> here_ends_;
  Command command_;
  Script out_;
};

}  // namespace

Script parse_script(std::string_view text) { return Parser(text).run(); }

}  // namespace gopol::providers::shell
