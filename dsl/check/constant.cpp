#include "dsl/check/constant.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "dsl/chain.h"
#include "dsl/check/reference.h"
#include "dsl/check/version_literal.h"
#include "dsl/near_miss.h"

namespace gopol::dsl::checking {
namespace {

constexpr int deepest_let = 32;  // a chain of lets longer than this goes round

constexpr std::string_view stable_facts[] = {"user.home", "user.name", "machine.name"};

std::optional<Constant> mismatch(Expression expression, const Type& type, std::string_view what,
                                 Context& context) {
  context.error("P2004", expression.span(),
                fmt::format("{} does not fit the type {}", what, to_text(type)), "wrong type");
  return {};
}

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

std::optional<Constant> from_boolean(Expression expression, const Type& type, Context& context) {
  if (expression.kind() != NodeKind::boolean) {
    return mismatch(expression, type, kind_in_words(expression.kind()), context);
  }
  return Constant{Value(expression.text() == "true"), {}, false};
}

std::optional<Constant> from_integer(Expression expression, const Type& type, Context& context) {
  if (expression.kind() != NodeKind::integer) {
    return mismatch(expression, type, kind_in_words(expression.kind()), context);
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
    return mismatch(expression, type, kind_in_words(expression.kind()), context);
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
    return mismatch(expression, type, kind_in_words(expression.kind()), context);
  }
  const auto duration = parse_duration(expression.text());
  if (!duration) {
    context.error("P1005", expression.span(), fmt::format("`{}` is too long", expression.text()),
                  "too long");
    return {};
  }
  return Constant{Value(*duration), {}, false};
}

/// The bare word of a reference without steps, else nothing.
std::string_view bare_word(Expression expression) {
  const Ref reference = expression.as<Ref>();
  return reference && reference.single() ? reference.head().text : std::string_view{};
}

std::optional<Constant> from_word(Expression expression, const Type& type, Context& context) {
  std::string word(bare_word(expression));
  if (const String text = expression.as<String>()) word = text.decoded();
  // `on`, `1` and `true` are words where an enumeration lists them.
  if (expression.kind() == NodeKind::boolean || expression.kind() == NodeKind::integer) {
    word = std::string(expression.text());
  }
  if (word.empty()) return mismatch(expression, type, kind_in_words(expression.kind()), context);
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

std::optional<Constant> from_text(Expression expression, const Purpose& purpose, Context& context) {
  const String text = expression.as<String>();
  if (!text) {
    if (const auto word = bare_word(expression); !word.empty()) {
      const auto& words = purpose.type.words;
      if (std::find(words.begin(), words.end(), word) != words.end())
        return Constant{Value(word), {}, false};
      auto out = problem("P2004", expression.span(),
                         fmt::format("no name `{}` is known here", word), "unknown name");
      context.error(with_fix(std::move(out), "write a text in quotes", expression.span(),
                             fmt::format("\"{}\"", word)));
      return {};
    }
    return mismatch(expression, purpose.type, kind_in_words(expression.kind()), context);
  }
  auto marked = marked_text(text, purpose.interpolation, context);
  if (!marked) return {};
  return Constant{Value(std::move(marked->text)), {}, marked->interpolated};
}

std::optional<Constant> from_path(Expression expression, const Purpose& purpose, Context& context) {
  auto out = from_text(expression, purpose, context);
  if (!out) return {};
  std::string text = std::get<std::string>(out->value.data);
  const bool rooted = text.starts_with('/') || text.starts_with(interpolation_mark);
  if (!rooted) {
    auto wrong = problem("P2004", expression.span(),
                         fmt::format("`{}` is not an absolute path", text), "not absolute");
    if (text.starts_with("~/")) {
      wrong = with_fix(std::move(wrong), "write `${user.home}` for the home folder",
                       expression.span(), fmt::format("\"${{user.home}}{}\"", text.substr(1)));
    } else {
      wrong.help = "begin it with `/` or `${user.home}`";
    }
    context.error(std::move(wrong));
    return {};
  }
  out->value = Path(text);
  return out;
}

std::optional<Constant> from_list(Expression expression, const Purpose& purpose, const Scope& scope,
                                  Context& context) {
  const auto elements = elements_of(expression, scope, context);
  if (!elements) return {};
  Purpose each = purpose;
  each.type = Type{purpose.type.element, {}, purpose.type.words, {}};
  Constant out;
  std::vector<std::string> items;
  for (const Expression element : *elements) {
    auto one = constant(element, each, scope, context);
    if (!one) return {};
    out.interpolated = out.interpolated || one->interpolated;
    if (const auto* path = one->value.as<Path>()) {
      items.push_back(path->text);
    } else {
      items.push_back(std::get<std::string>(one->value.data));
    }
  }
  if (purpose.type.kind == TypeKind::set) {
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
    out.value = Set{std::move(items)};
  } else {
    out.value = List{std::move(items)};
  }
  return out;
}

std::optional<Constant> parsed_chain(const std::string& text, bool interpolated, Expression at,
                                     Context& context) {
  auto chain = parse_chain(text);
  if (!chain) {
    for (const Diagnostic& error : chain.error()) {
      context.error("P2004", at.span(), error.message, "", error.help);
    }
    return {};
  }
  return Constant{Value(std::move(*chain)), {}, interpolated};
}

/// `[proxy, "https://b" | direct]`: written out with its separators and parsed as Go does.
std::optional<Constant> from_chain(Expression expression, const Purpose& purpose,
                                   const Scope& scope, Context& context) {
  const ListLiteral list = expression.as<ListLiteral>();
  if (const auto word = bare_word(expression); word == "direct" || word == "off") {
    return parsed_chain(std::string(word), false, expression, context);
  }
  if (!list) {
    auto text = from_text(expression, {Type{}, false, purpose.interpolation}, context);
    if (!text) return {};
    return parsed_chain(std::get<std::string>(text->value.data), text->interpolated, expression,
                        context);
  }
  const std::vector<bool> bars = list.bars();
  std::string joined;
  bool interpolated = false;
  std::size_t n = 0;
  for (const Expression written : list.elements()) {
    const Expression element = follow(written, scope);
    std::string_view word = bare_word(element);
    if (word == "direct" || word == "off") {
      joined += word;
    } else {
      auto text = from_text(element, {Type{}, false, purpose.interpolation}, context);
      if (!text) return {};
      joined += std::get<std::string>(text->value.data);
      interpolated = interpolated || text->interpolated;
    }
    if (n + 1 < bars.size()) joined += bars[n] ? '|' : ',';
    ++n;
  }
  return parsed_chain(joined, interpolated, expression, context);
}

void report_fact(Expression expression, Context& context) {
  context.error(
      "P2005", expression.span(),
      fmt::format("`{}` is a fact; a constant belongs here", expression.text()), "a fact",
      "facts are compared with constants only, so that every machine can be answered for");
}

}  // namespace

Expression follow(Expression expression, const Scope& scope) {
  for (int i = 0; i < deepest_let; ++i) {
    const std::string_view word = bare_word(expression);
    if (word.empty()) return expression;
    const Binding* binding = scope.find(word);
    if (binding == nullptr) return expression;
    expression = binding->value;
  }
  return expression;
}

std::optional<std::vector<Expression>> elements_of(Expression list, const Scope& scope,
                                                   Context& context) {
  const Expression followed = follow(list, scope);
  const ListLiteral literal = followed.as<ListLiteral>();
  if (!literal) {
    if (bare_word(followed).empty()) {
      context.error("P2004", list.span(), "a list belongs here", "not a list", "write `[\"...\"]`");
    } else {
      context.error("P2004", list.span(),
                    fmt::format("no list `{}` is known here", followed.text()), "unknown name");
    }
    return {};
  }
  std::vector<Expression> out;
  for (const Expression element : literal.elements()) out.push_back(element);
  if (const Word bar = literal.first_bar()) {
    context.error("P2004", bar.span, "`|` stands only in a proxy chain", "not here",
                  "separate with `,`");
    return {};
  }
  return out;
}

std::optional<MarkedText> marked_text(String literal, bool interpolation, Context& context) {
  MarkedText out;
  for (const StringPart& part : literal.parts()) {
    if (!part.reference) {
      out.text += part.text;
      continue;
    }
    const auto* stable = std::find(std::begin(stable_facts), std::end(stable_facts), part.text);
    if (stable == std::end(stable_facts) || !interpolation) {
      context.error(
          "P2012", part.span,
          interpolation ? fmt::format("`{}` is not stable enough to stand in a text", part.text)
                        : "a guard's text is constant",
          "", "only `user.home`, `user.name` and `machine.name` may stand in `${...}`, in values");
      return {};
    }
    const std::size_t dot = part.text.find('.');
    context.fact(
        {part.text.substr(0, dot), "", part.text.substr(dot + 1), ""});  // it must be observed
    out.text += interpolation_mark + part.text + interpolation_mark;
    out.interpolated = true;
  }
  return out;
}

std::optional<Constant> constant(Expression expression, const Purpose& purpose, const Scope& scope,
                                 Context& context) {
  const std::string_view word = bare_word(expression);
  const auto& words = purpose.type.words;
  if (!word.empty() && scope.find(word) != nullptr &&
      std::find(words.begin(), words.end(), word) != words.end()) {
    context.error("P2009", expression.span(),
                  fmt::format("`{}` is a variable and a word of this attribute", word), "ambiguous",
                  "rename the variable");
    return {};
  }
  expression = follow(expression, scope);
  if (const Ref reference = expression.as<Ref>(); reference && !reference.single()) {
    report_fact(expression, context);
    return {};
  }
  if (expression.kind() == NodeKind::call) {
    context.error("P2006", expression.span(), "no attribute of this policy takes a secret",
                  "a secret");
    return {};
  }
  switch (purpose.type.kind) {
    case TypeKind::boolean: return from_boolean(expression, purpose.type, context);
    case TypeKind::integer: return from_integer(expression, purpose.type, context);
    case TypeKind::text: return from_text(expression, purpose, context);
    case TypeKind::word: return from_word(expression, purpose.type, context);
    case TypeKind::version: return version_constant(expression, purpose, context);
    case TypeKind::date: return from_date(expression, purpose.type, context);
    case TypeKind::duration: return from_duration(expression, purpose.type, context);
    case TypeKind::path: return from_path(expression, purpose, context);
    case TypeKind::list:
    case TypeKind::set: return from_list(expression, purpose, scope, context);
    case TypeKind::chain: return from_chain(expression, purpose, scope, context);
    case TypeKind::secret: break;
  }
  return mismatch(expression, purpose.type, kind_in_words(expression.kind()), context);
}

}  // namespace gopol::dsl::checking
