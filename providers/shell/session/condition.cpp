#include "providers/shell/session/condition.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "providers/shell/pattern/regex.h"
#include "providers/shell/session/expand.h"
#include "providers/shell/session/file_names.h"

namespace gopol::providers::shell {
namespace {

using dsl::Path;
using engine::FileStatus;
using Words = std::vector<std::string>;

std::optional<long> number(const std::string& text) {
  long out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return out;
}

Truth empty(const Text& text) {
  if (!without_marks(text.text).empty()) return Truth::no;
  return text.whole() ? Truth::yes : Truth::maybe;
}

/// What a file is asked for with a letter.
Truth about_file(const Session& session, char letter, const Text& word) {
  if (!word.whole()) {
    const auto names = files_that_begin(session.host, word.text);
    return names && names->empty() ? Truth::no : Truth::maybe;
  }
  if (word.text.empty()) return Truth::no;
  if (!word.text.starts_with('/')) return Truth::maybe;
  const engine::Host& host = session.host;
  // It belongs to macOS; a recorded machine need not carry the program.
  if (word.text == "/usr/libexec/path_helper" && host.system().platform() == "macos")
    return Truth::yes;
  const bool itself = letter == 'L' || letter == 'h';
  const Path path(word.text);
  const auto status = itself ? host.disk().stat(path) : host.disk().stat_target(path);
  if (!status) return Truth::maybe;
  const auto type = status->type;
  switch (letter) {
    case 'd': return truth(type == FileStatus::Type::folder);
    case 'f': return truth(type == FileStatus::Type::regular);
    case 'a':
    case 'e':
    case 'r': return truth(type != FileStatus::Type::absent);
    case 's': return truth(type != FileStatus::Type::absent && status->size > 0);
    case 'x': return truth(type == FileStatus::Type::folder || (status->mode & 0111) != 0);
    case 'L':
    case 'h': return truth(type == FileStatus::Type::symlink);
    default: return type == FileStatus::Type::absent ? Truth::no : Truth::maybe;
  }
}

class Test {
 public:
  Test(Session& session, const Words& words, bool patterns)
      : session_(session), words_(words), patterns_(patterns) {}

  Truth run() {
    if (words_.empty()) return Truth::no;
    const Truth out = any();
    return at_ == words_.size() ? out : Truth::maybe;
  }

 private:
  bool sees(std::string_view word) const { return at_ < words_.size() && words_[at_] == word; }
  std::size_t left() const { return words_.size() - at_; }

  Truth any() {
    Truth out = all();
    while (sees(patterns_ ? "||" : "-o") && ++at_ < words_.size()) out = either(out, all());
    return out;
  }

  Truth all() {
    Truth out = one();
    while (sees(patterns_ ? "&&" : "-a") && ++at_ < words_.size()) out = both(out, one());
    return out;
  }

  bool is_binary(std::size_t at) const {
    if (at >= words_.size()) return false;
    const std::string& word = words_[at];
    return word == "=" || word == "==" || word == "!=" || word == "=~" || word == "<" ||
           word == ">" || (word.size() == 3 && word[0] == '-');
  }

  Truth one() {
    if (++depth_ > 100 || at_ >= words_.size()) return Truth::maybe;
    if (is_binary(at_ + 1) && at_ + 2 < words_.size()) return compared();
    if (sees("!")) {
      ++at_;
      return negation(one());
    }
    if (sees("(") || sees("\\(")) return bracketed();
    const std::string& word = words_[at_];
    const bool letter = word.size() == 2 && word[0] == '-' && left() > 1;
    if (!letter) return negation(empty(expanded(session_, words_[at_++], Place::word)));
    at_ += 2;
    return asked(word[1], words_[at_ - 1]);
  }

  Truth bracketed() {
    ++at_;
    const Truth out = any();
    if (!sees(")") && !sees("\\)")) return Truth::maybe;
    ++at_;
    return out;
  }

  Truth asked(char letter, const std::string& word) {
    const Text text = expanded(session_, word, Place::word);
    if (letter == 'z') return empty(text);
    if (letter == 'n') return negation(empty(text));
    if (letter == 'o') return text.whole() ? option(session_, text.text) : Truth::maybe;
    if (letter == 'v') return text.whole() ? is_set(session_, text.text) : Truth::maybe;
    if (letter == 't') return Truth::maybe;
    return about_file(session_, letter, {without_marks(text.text), text.why});
  }

  /// `$? -eq 0` and its like: whether the last command did well.
  std::optional<Truth> about_last() const {
    const std::string& left = words_[at_];
    const std::string& op = words_[at_ + 1];
    const bool asks = left == "$?" || left == "\"$?\"" || left == "$status";
    if (!asks || words_[at_ + 2] != "0") return {};
    if (op == "-eq" || op == "=" || op == "==") return session_.state.last;
    if (op == "-ne" || op == "!=" || op == "-gt") return negation(session_.state.last);
    return {};
  }

  Truth compared() {
    if (const auto known = about_last()) {
      at_ += 3;
      return *known;
    }
    const Text read = expanded(session_, words_[at_], Place::word);
    const Text left{without_marks(read.text), read.why};
    const std::string op = words_[at_ + 1], right = words_[at_ + 2];
    at_ += 3;
    if (op == "=~") return expression(left, right);
    if (op == "=" || op == "==" || op == "!=") {
      Built pattern = built(session_, right, Place::word);
      if (!patterns_) pattern.kinds.assign(pattern.text.size(), Built::Kind::quoted);
      unmark(pattern);
      const Truth same = matches(pattern, left);
      return op == "!=" ? negation(same) : same;
    }
    const Text other =
        patterns_ ? arithmetic(session_, right) : expanded(session_, right, Place::word);
    const Text mine = patterns_ ? arithmetic(session_, words_[at_ - 3]) : left;
    const auto a = number(mine.text), b = number(other.text);
    if (!mine.whole() || !other.whole() || !a || !b) return Truth::maybe;
    if (op == "-eq") return truth(*a == *b);
    if (op == "-ne") return truth(*a != *b);
    if (op == "-lt") return truth(*a < *b);
    if (op == "-le") return truth(*a <= *b);
    if (op == "-gt") return truth(*a > *b);
    return op == "-ge" ? truth(*a >= *b) : Truth::maybe;
  }

  static void unmark(Built& word) {
    for (std::size_t i = word.text.size(); i-- > 0;) {
      if (word.text[i] != path_begin && word.text[i] != path_end) continue;
      word.text.erase(i, 1);
      word.kinds.erase(word.kinds.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }

  /// `=~`: what is quoted on its right side means itself.
  Truth expression(const Text& left, const std::string& right) {
    Built wanted = built(session_, right, Place::word);
    unmark(wanted);
    if (session_.shell == Shell::zsh)  // there quotes change nothing
      wanted.kinds.assign(wanted.text.size(), Built::Kind::literal);
    return regex_fits(wanted, left);
  }

  Session& session_;
  const Words& words_;
  bool patterns_ = false;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Truth condition(Session& session, const Words& words, bool patterns) {
  return Test(session, words, patterns).run();
}

}  // namespace gopol::providers::shell
