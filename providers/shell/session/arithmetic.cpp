#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "providers/shell/session/expand.h"

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

}  // namespace gopol::providers::shell
