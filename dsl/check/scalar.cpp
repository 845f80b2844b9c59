#include "dsl/check/scalar.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "dsl/value/near_miss.h"

namespace gopol::dsl::checking {
namespace {

std::string_view kind_in_words(NodeKind kind) {
  switch (kind) {
    case NodeKind::date: return "a date";
    case NodeKind::version: return "a version";
    case NodeKind::duration: return "a duration";
    case NodeKind::integer: return "a number";
    case NodeKind::boolean: return "true or false";
    case NodeKind::string:
    case NodeKind::raw: return "a text";
    case NodeKind::list: return "a list";
    case NodeKind::range: return "a range";
    case NodeKind::ref: return "a name";
    default: return "an expression";
  }
}

}  // namespace

std::optional<Constant> mismatch(Expression expression, const Type& type, Context& context) {
  context.error(
      "P2004", expression.span(),
      fmt::format("{} does not fit the type {}", kind_in_words(expression.kind()), to_text(type)),
      "wrong type");
  return {};
}

std::optional<Constant> from_boolean(Expression expression, const Type& type, Context& context) {
  if (expression.kind() != NodeKind::boolean) {
    return mismatch(expression, type, context);
  }
  return Constant{Value(expression.text() == "true"), {}, false};
}

std::optional<Constant> from_integer(Expression expression, const Type& type, Context& context) {
  if (expression.kind() != NodeKind::integer) {
    return mismatch(expression, type, context);
  }
  const std::string_view digits = expression.text();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) {
    context.error("P1005", expression.span(), fmt::format("`{}` is too large", digits),
                  "too large");
    return {};
  }
  return Constant{Value(number), {}, false};
}

std::optional<Constant> from_date(Expression expression, const Type& type, Context& context) {
  if (expression.kind() != NodeKind::date) {
    return mismatch(expression, type, context);
  }
  const auto date = parse_date(expression.text());
  if (!date) {
    context.error("P1005", expression.span(),
                  fmt::format("`{}` is no day of a calendar", expression.text()), "no such day");
    return {};
  }
  return Constant{Value(*date), {}, false};
}

std::optional<Constant> from_duration(Expression expression, const Type& type, Context& context) {
  if (expression.kind() != NodeKind::duration) {
    return mismatch(expression, type, context);
  }
  const auto duration = parse_duration(expression.text());
  if (!duration) {
    context.error("P1005", expression.span(), fmt::format("`{}` is too long", expression.text()),
                  "too long");
    return {};
  }
  return Constant{Value(*duration), {}, false};
}

std::optional<Constant> from_word(Expression expression, const Type& type, Context& context) {
  std::string word(bare_word(expression));
  if (const String text = expression.as<String>()) word = text.decoded();
  // `on`, `1` and `true` are words where an enumeration lists them.
  if (expression.kind() == NodeKind::boolean || expression.kind() == NodeKind::integer) {
    word = std::string(expression.text());
  }
  if (word.empty()) return mismatch(expression, type, context);
  if (std::find(type.words.begin(), type.words.end(), word) != type.words.end()) {
    return Constant{Value(std::move(word)), {}, false};
  }
  auto out = problem("P2003", expression.span(), fmt::format("`{}` is not {}", word, to_text(type)),
                     "unknown word");
  if (const auto near = near_miss(word, type.words)) {
    out = with_fix(std::move(out), fmt::format("did you mean `{}`?", *near), expression.span(),
                   *near);
  }
  context.error(std::move(out));
  return {};
}

}  // namespace gopol::dsl::checking
