#include "dsl/syntax/expression.h"

#include <cassert>

#include "dsl/value/harmless.h"

namespace gopol::dsl {

std::string QName::name() const {
  std::string out;
  for (std::uint32_t at = node().first; at < end(); ++at) {
    if (!is_trivia(tree().kinds[at])) out += tree().token_text(at);
  }
  return out;
}

std::vector<Word> QName::parts() const {
  std::vector<Word> out;
  for (std::uint32_t at = node().first; at < end(); ++at) {
    if (is_word(tree().kinds[at])) out.push_back(word(at));
  }
  return out;
}

Expression Binary::right() const {
  Expression last;
  std::size_t seen = 0;
  for (const Expression side : all<Expression>()) {
    if (++seen == 2) last = side;
  }
  return last;
}

std::uint32_t Binary::sign_token() const {
  const Node& left_side = left().node();
  std::uint32_t at = tree().significant(left_side.first + left_side.count);
  while (token_kind(at) == TokenKind::paren_close) at = tree().significant(at + 1);
  return at;
}

Word Binary::sign() const { return word(sign_token()); }

CompareOp Compare::op() const {
  switch (token_kind(sign_token())) {
    case TokenKind::unequal: return CompareOp::unequal;
    case TokenKind::less: return CompareOp::less;
    case TokenKind::less_equal: return CompareOp::less_equal;
    case TokenKind::greater: return CompareOp::greater;
    case TokenKind::greater_equal: return CompareOp::greater_equal;
    default: return CompareOp::equal;
  }
}

bool Is::negated() const {
  return token_kind(tree().significant(sign_token() + 1)) == TokenKind::kw_not;
}

Presence Is::presence() const {
  switch (token_kind(end() - 1)) {
    case TokenKind::kw_unknown: return Presence::unknown;
    case TokenKind::kw_present: return Presence::present;
    case TokenKind::kw_absent: return Presence::absent;
    default: return Presence::known;
  }
}

bool In::negated() const { return token_kind(sign_token()) == TokenKind::kw_not; }

bool RangeExpression::half_open() const {
  return token_kind(sign_token()) == TokenKind::range_half_open;
}

bool Literal::matches(NodeKind kind) {
  return (kind >= NodeKind::date && kind <= NodeKind::integer) || kind == NodeKind::boolean;
}

std::vector<StringPart> string_parts(std::string_view literal, SourceSpan at) {
  assert(literal.size() >= 2);
  std::vector<StringPart> out;
  const auto plain = [&]() -> std::string& {
    if (out.empty() || out.back().reference) out.push_back({false, {}, at});
    return out.back().text;
  };
  const std::string_view inner = literal.substr(1, literal.size() - 2);
  if (literal.front() == '`') {
    if (!inner.empty()) plain() = inner;
    return out;
  }
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (inner[i] == '\\' && i + 1 < inner.size()) {
      const char escaped = inner[++i];
      if (const auto unicode = parse_unicode_escape(inner.substr(i))) {
        plain() += utf8_of(unicode->point);
        i += unicode->length - 1;
      } else {
        plain() += escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped;
      }
    } else if (inner[i] == '$' && i + 1 < inner.size() && inner[i + 1] == '{') {
      std::size_t close = i + 2;
      for (bool quoted = false; close < inner.size() && (quoted || inner[close] != '}'); ++close) {
        if (inner[close] == '"') quoted = !quoted;
      }
      const auto begin = at.begin + 1 + static_cast<std::uint32_t>(i + 2);
      const auto length = static_cast<std::uint32_t>(close - i - 2);
      out.push_back(
          {true, std::string(inner.substr(i + 2, length)), {at.source, begin, begin + length}});
      i = close;
    } else {
      plain() += inner[i];
    }
  }
  return out;
}

bool String::interpolated() const {
  return kind() == NodeKind::string && text().find('$') != std::string_view::npos && [this] {
    for (const StringPart& part : parts()) {
      if (part.reference) return true;
    }
    return false;
  }();
}

std::optional<std::string_view> String::plain() const {
  const std::string_view inner = text().substr(1, text().size() - 2);
  const auto has = [&](char c) { return inner.find(c) != std::string_view::npos; };
  if (kind() != NodeKind::raw && (has('\\') || has('$'))) return {};
  return inner;
}

std::string String::decoded() const {
  if (const auto plain_text = plain()) return std::string(*plain_text);
  std::string out;
  for (const StringPart& part : parts()) {
    out += part.reference ? "${" + part.text + "}" : part.text;
  }
  return out;
}

std::vector<StringPart> String::parts() const { return string_parts(text(), span()); }

std::vector<bool> ListLiteral::bars() const {
  std::vector<bool> out;
  std::uint32_t before = end();
  for (const Expression element : elements()) {
    for (std::uint32_t at = before; at < element.node().first; ++at) {
      if (tree().kinds[at] == TokenKind::bar) out.back() = true;
    }
    before = element.node().first + element.node().count;
    out.push_back(false);
  }
  return out;
}

Word ListLiteral::first_bar() const { return word(own_token(TokenKind::bar)); }

std::vector<RefStep> Ref::steps() const {
  std::vector<RefStep> out;
  std::uint32_t at = tree().significant(node().first + 1);
  std::uint32_t child = index() + 1;
  while (at < end()) {
    if (tree().kinds[at] == TokenKind::dot) {
      at = tree().significant(at + 1);
      out.push_back({word(at), {}});
    } else if (tree().kinds[at] == TokenKind::bracket_open) {
      out.push_back({{}, Expression(tree(), child)});
      const Node& inner = tree().nodes[child];
      at = tree().significant(inner.first + inner.count);
      while (at < end() && tree().kinds[at] == TokenKind::paren_close)
        at = tree().significant(at + 1);
      child += inner.size;
    }
    at = tree().significant(at + 1);
  }
  return out;
}

}  // namespace gopol::dsl
