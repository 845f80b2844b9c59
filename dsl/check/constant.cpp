#include "dsl/check/constant.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/check/reference.h"
#include "dsl/check/scalar.h"
#include "dsl/check/version_literal.h"
#include "dsl/value/chain.h"

namespace gopol::dsl::checking {
namespace {

const Type plain_text;

constexpr int deepest_let = 32;  // a chain of lets longer than this goes round

constexpr std::string_view stable_facts[] = {"user.home", "user.name", "machine.name"};

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
    return mismatch(expression, purpose.type, context);
  }
  auto marked = marked_text(text, purpose.interpolation, context);
  if (!marked) return {};
  return Constant{Value(std::move(marked->text)), {}, marked->interpolated};
}

std::optional<Constant> from_path(Expression expression, const Purpose& purpose, Context& context) {
  auto out = from_text(expression, purpose, context);
  if (!out) return {};
  std::string& text = std::get<std::string>(out->value.data);
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
  out->value = Path(std::move(text));
  return out;
}

std::optional<Constant> from_list(Expression expression, const Purpose& purpose, const Scope& scope,
                                  Context& context) {
  const auto elements = elements_of(expression, scope, context);
  if (!elements) return {};
  const Type element_type{purpose.type.element, {}, purpose.type.words, {}};
  const Purpose each{element_type, purpose.pin, purpose.interpolation};
  Constant out;
  std::vector<std::string> items;
  for (const Scoped& element : *elements) {
    auto one = constant(element.expression, each, *element.scope, context);
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

/// The text of one element of a chain, which is one address.
std::optional<Constant> chain_element(Expression element, const Purpose& purpose,
                                      Context& context) {
  auto out = from_text(element, {plain_text, false, purpose.interpolation}, context);
  if (!out) return {};
  const auto& text = std::get<std::string>(out->value.data);
  if (text.find_first_of(",|") == std::string::npos) return out;
  context.error("P2004", element.span(), fmt::format("`{}` is not one address", text),
                "more than one address", "write each address as an element of the list");
  return {};
}

/// `[proxy, "https://b" | direct]`: written out with its separators and parsed as Go does.
std::optional<Constant> from_chain(Expression expression, const Purpose& purpose,
                                   const Scope& scope, Context& context) {
  const ListLiteral list = expression.as<ListLiteral>();
  if (const auto word = bare_word(expression); word == "direct" || word == "off") {
    return parsed_chain(std::string(word), false, expression, context);
  }
  if (!list) {
    auto text = from_text(expression, {plain_text, false, purpose.interpolation}, context);
    if (!text) return {};
    return parsed_chain(std::get<std::string>(text->value.data), text->interpolated, expression,
                        context);
  }
  const std::vector<bool> bars = list.bars();
  std::string joined;
  bool interpolated = false;
  std::size_t n = 0;
  for (const Expression written : list.elements()) {
    const Expression element = follow(written, scope, context).expression;
    std::string_view word = bare_word(element);
    if (word == "direct" || word == "off") {
      joined += word;
    } else {
      auto text = chain_element(element, purpose, context);
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

std::string_view bare_word(Expression expression) {
  const Ref reference = expression.as<Ref>();
  return reference && reference.single() ? reference.head().text : std::string_view{};
}

Scoped follow(Expression expression, const Scope& scope, Context& context) {
  Scoped out{expression, &scope};
  for (int i = 0; i < deepest_let; ++i) {
    const std::string_view word = bare_word(out.expression);
    if (word.empty()) return out;
    const Binding* binding = out.scope->find(word);
    if (binding == nullptr) return out;
    binding->used = true;
    context.trail.push_back({binding->span, fmt::format("`{}` is set here", word)});
    out = {binding->value, binding->home};
  }
  return out;
}

std::optional<std::vector<Scoped>> elements_of(Expression list, const Scope& scope,
                                               Context& context) {
  const Scoped followed = follow(list, scope, context);
  const ListLiteral literal = followed.expression.as<ListLiteral>();
  if (!literal) {
    if (bare_word(followed.expression).empty()) {
      context.error("P2004", list.span(), "a list belongs here", "not a list", "write `[\"...\"]`");
    } else {
      context.error("P2004", list.span(),
                    fmt::format("no list `{}` is known here", followed.expression.text()),
                    "unknown name");
    }
    return {};
  }
  std::vector<Scoped> out;
  for (const Expression element : literal.elements()) out.push_back({element, followed.scope});
  if (const Word bar = literal.first_bar()) {
    context.error("P2004", bar.span, "`|` stands only in a proxy chain", "not here",
                  "separate with `,`");
    return {};
  }
  return out;
}

std::optional<MarkedText> marked_text(String literal, bool interpolation, Context& context) {
  MarkedText out;
  if (const auto plain = literal.plain()) {
    out.text = *plain;
    return out;
  }
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
        {part.text.substr(0, dot), {}, part.text.substr(dot + 1), {}});  // it must be observed
    out.text += interpolation_mark + part.text + interpolation_mark;
    out.interpolated = true;
  }
  return out;
}

std::optional<Range> constant_range(RangeExpression range, const Purpose& purpose,
                                    const Scope& scope, Context& context) {
  auto low = constant(range.left(), purpose, scope, context);
  auto high = constant(range.right(), purpose, scope, context);
  if (!low || !high) return {};
  if (low->range || high->range) {
    context.error("P2004", range.span(), "`.x` is a range already", "a range of ranges");
    return {};
  }
  return Range{Bound{std::move(low->value), true},
               Bound{std::move(high->value), !range.half_open()}};
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
  const Scoped followed = follow(expression, scope, context);
  expression = followed.expression;
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
    case TypeKind::set: return from_list(expression, purpose, *followed.scope, context);
    case TypeKind::chain: return from_chain(expression, purpose, *followed.scope, context);
    case TypeKind::secret: break;
  }
  return mismatch(expression, purpose.type, context);
}

}  // namespace gopol::dsl::checking
