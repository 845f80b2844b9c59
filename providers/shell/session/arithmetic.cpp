#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "providers/shell/session/expand.h"
#include "providers/shell/session/reader.h"

namespace gopol::providers::shell {
namespace {

constexpr const char* uncounted = "it counts with what cannot be told from files";

/// Whole numbers, names, brackets and the operators that change nothing. Whatever it does not know
/// makes the value unknown.
class Counter {
 public:
  Counter(const Session& session, std::string_view text) : session_(session), text_(text) {}

  std::optional<long> run() {
    const auto out = level(0);
    skip();
    return at_ == text_.size() ? out : std::nullopt;
  }

 private:
  static constexpr int levels = 6;

  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n'))
      ++at_;
  }

  /// The operator of a level that stands here; empty: none.
  std::string_view operator_of(int level) {
    static constexpr std::string_view of_level[levels][6] = {
        {"||"}, {"&&"}, {"==", "!="}, {"<=", ">=", "<", ">"}, {"+", "-"}, {"*", "/", "%"}};
    skip();
    for (const std::string_view one : of_level[level]) {
      const std::string_view here = text_.substr(at_);
      if (one.empty() || !here.starts_with(one)) continue;
      const char next = one.size() < here.size() ? here[one.size()] : '\0';
      if (one.size() == 1 && (next == '=' || next == one[0])) continue;  // `+=`, `++`, `<<`
      at_ += one.size();
      return one;
    }
    return {};
  }

  std::optional<long> level(int at) {
    if (at == levels) return unary();
    auto left = level(at + 1);
    for (auto op = operator_of(at); !op.empty(); op = operator_of(at)) {
      const auto right = level(at + 1);
      left = result(op, left, right);
    }
    return left;
  }

  static std::optional<long> result(std::string_view op, std::optional<long> a,
                                    std::optional<long> b) {
    if (op == "&&" && ((a && *a == 0) || (b && *b == 0))) return 0;
    if (op == "||" && ((a && *a != 0) || (b && *b != 0))) return 1;
    if (!a || !b || ((op == "/" || op == "%") && *b == 0)) return {};
    constexpr long most = 1L << 31;  // no profile counts beyond
    if (*a > most || *a < -most || *b > most || *b < -most) return {};
    if (op == "||" || op == "&&") return op == "||" ? *a || *b : *a && *b;
    if (op == "==") return *a == *b;
    if (op == "!=") return *a != *b;
    if (op == "<=") return *a <= *b;
    if (op == ">=") return *a >= *b;
    if (op == "<") return *a < *b;
    if (op == ">") return *a > *b;
    if (op == "+") return *a + *b;
    if (op == "-") return *a - *b;
    if (op == "*") return *a * *b;
    return op == "/" ? *a / *b : *a % *b;
  }

  std::optional<long> unary() {
    skip();
    if (at_ >= text_.size() || ++depth_ > 100) return {};
    const char c = text_[at_];
    const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (c == '!' || (c == '-' && next != '-')) {
      ++at_;
      const auto value = unary();
      if (!value) return {};
      return c == '!' ? *value == 0 : -*value;
    }
    if (c == '(') {
      ++at_;
      const auto value = level(0);
      skip();
      if (at_ >= text_.size() || text_[at_++] != ')') return {};
      return value;
    }
    return operand();
  }

  std::optional<long> operand() {
    const std::size_t from = at_;
    while (at_ < text_.size() && is_variable_name(std::string("_") + text_[at_])) ++at_;
    const std::string word(text_.substr(from, at_ - from));
    if (word.empty()) return {};
    if (is_variable_name(word)) {
      const Text value = value_of(session_, word);
      if (!value.whole()) return {};
      return value.text.empty() ? std::optional(0L) : number(value.text);
    }
    return number(word);
  }

  static std::optional<long> number(const std::string& text) {
    long out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    const bool octal = text.size() > 1 && text[0] == '0';
    if (error != std::errc{} || end != text.data() + text.size() || octal) return {};
    return out;
  }

  const Session& session_;
  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Text arithmetic(Session& session, std::string_view expression) {
  const Text text = expanded(session, expression, Place::value);
  if (!text.whole()) return {"", text.why};
  const std::string plain = without_marks(text.text);
  const auto value = Counter(session, plain).run();
  return value ? Text{fmt::format("{}", *value), {}} : Text{"", uncounted};
}

namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

/// Whether an expression changes a variable: `=` but no comparison, `++`, `--`.
bool changes(std::string_view text) {
  if (text.find("++") != text.npos || text.find("--") != text.npos) return true;
  for (std::size_t at = text.find('='); at != text.npos; at = text.find('=', at + 1)) {
    const char before = at == 0 ? ' ' : text[at - 1];
    const char after = at + 1 < text.size() ? text[at + 1] : ' ';
    if (after == '=')
      ++at;
    else if (before != '!' && before != '<' && before != '>')
      return true;
  }
  return false;
}

/// `NAME=…`, `NAME+=…`, `NAME-=…`, `NAME++`, `--NAME`: the name, and the expression of its new
/// value; an empty name: it is another one.
struct Change {
  std::string name = {}, value = {};
  bool old = false;  ///< the value of the expression is the old one
};
Change change_in(std::string_view text) {
  const std::string_view ends = text.substr(0, 2);
  if (ends == "++" || ends == "--") {
    const std::string name(trimmed(text.substr(2)));
    return is_variable_name(name) ? Change{name, name + ends[0] + "1"} : Change{};
  }
  std::size_t end = 0;
  while (end < text.size() && is_name_byte(text[end])) ++end;
  const std::string name(text.substr(0, end));
  const std::string_view rest = trimmed(text.substr(end));
  if (!is_variable_name(name)) return {};
  if (rest == "++" || rest == "--") return {name, name + rest[0] + "1", true};
  const bool sum = rest.starts_with("+=") || rest.starts_with("-=");
  if (!sum && !rest.starts_with('=')) return {};
  const std::string value(rest.substr(sum ? 2 : 1));
  if (changes(value)) return {};
  return {name, sum ? name + rest[0] + "(" + value + ")" : value};
}

}  // namespace

/// `(( … ))`; names in one that changes some in a way nobody follows are unknown afterwards.
Truth Reader::run_arithmetic(const std::string& expression) {
  if (trimmed(expression).empty()) return Truth::yes;
  if (const std::size_t comma = expression.find(',');
      comma != std::string::npos && expression.find('(') == std::string::npos) {
    run_arithmetic(expression.substr(0, comma));
    return run_arithmetic(expression.substr(comma + 1));
  }
  if (!changes(expression)) {
    const Text value = arithmetic(session_, expression);
    return value.whole() ? truth(value.text != "0") : Truth::maybe;
  }
  if (const Change change = change_in(trimmed(expression)); !change.name.empty()) {
    const Text before = change.old ? arithmetic(session_, change.name) : Text{};
    const Text value = arithmetic(session_, change.value);
    set(session_, change.name, value);
    const Text& result = change.old ? before : value;
    return result.whole() ? truth(result.text != "0") : Truth::maybe;
  }
  forget_counted(expression);
  return Truth::maybe;
}

void Reader::forget_counted(const std::string& expression) {
  std::string word;
  for (const char c : expression + " ") {
    if (is_variable_name(word + c)) {
      word += c;
      continue;
    }
    if (!word.empty()) set(session_, word, Text{"", "gopol does not count"});
    word.clear();
  }
}

}  // namespace gopol::providers::shell
