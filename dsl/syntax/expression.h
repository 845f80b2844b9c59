#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/syntax/view.h"

namespace gopol::dsl {

/// Any expression; `kind()` says which of the views below it is. Parentheses leave no node.
struct Expression : View {
  using View::View;
  static bool matches(NodeKind kind) { return is_expression(kind); }
};

/// A view of one kind of node.
template <NodeKind Kind, class Base = View>
struct ViewOf : Base {
  using Base::Base;
  static bool matches(NodeKind kind) { return kind == Kind; }
};
template <NodeKind Kind>
using ExpressionOf = ViewOf<Kind, Expression>;

/// `go.toolchain`
struct QName : ViewOf<NodeKind::qname> {
  using ViewOf::ViewOf;
  std::string name() const;  ///< parts joined by dots, blanks left out
  std::vector<Word> parts() const;
};

struct Or : ExpressionOf<NodeKind::or_> {
  using ViewOf::ViewOf;
  Range<Expression> operands() const { return all<Expression>(); }  ///< two or more
};
struct And : ExpressionOf<NodeKind::and_> {
  using ViewOf::ViewOf;
  Range<Expression> operands() const { return all<Expression>(); }
};
struct Not : ExpressionOf<NodeKind::not_> {
  using ViewOf::ViewOf;
  Expression operand() const { return first<Expression>(); }
};

/// What has a left and perhaps a right side.
struct Binary : Expression {
  using Expression::Expression;
  Expression left() const { return first<Expression>(); }
  Expression right() const;  ///< nothing for `is`
  Word sign() const;         ///< the operator's first token: `==`, `not`, `in` …

 protected:
  std::uint32_t sign_token() const;  ///< the first token after the left side
};

enum class CompareOp { equal, unequal, less, less_equal, greater, greater_equal };
struct Compare : ViewOf<NodeKind::compare, Binary> {
  using ViewOf::ViewOf;
  CompareOp op() const;
};
enum class Presence { known, unknown, present, absent };
struct Is : ViewOf<NodeKind::is, Binary> {
  using ViewOf::ViewOf;
  bool negated() const;
  Presence presence() const;
};
struct In : ViewOf<NodeKind::in, Binary> {
  using ViewOf::ViewOf;
  bool negated() const;
};
struct Matches : ViewOf<NodeKind::matches, Binary> {
  using ViewOf::ViewOf;
};
/// `lo .. hi`, or `lo ..< hi`
struct RangeExpression : ViewOf<NodeKind::range, Binary> {
  using ViewOf::ViewOf;
  bool half_open() const;
};

/// A literal that its text says in full: date, version, duration, integer, boolean.
struct Literal : Expression {
  using Expression::Expression;
  static bool matches(NodeKind kind);
};

/// Part of a text: plain bytes, or the reference inside `${…}`.
struct StringPart {
  bool reference = false;
  std::string text;  ///< decoded; of a reference: what stands between the braces
  SourceSpan span;   ///< of a reference: between the braces
};

/// `"…"` or `` `…` ``
struct String : Expression {
  using Expression::Expression;
  static bool matches(NodeKind kind) { return kind == NodeKind::string || kind == NodeKind::raw; }
  bool interpolated() const;
  /// What stands between the quotes, if it stands there as it is meant: no escapes, no `${…}`.
  std::optional<std::string_view> plain() const;
  std::string decoded() const;            ///< escapes resolved, `${…}` kept as written
  std::vector<StringPart> parts() const;  ///< never two plain ones in a row
};

/// The same for text that is not a node: `literal` with its quotes.
std::vector<StringPart> string_parts(std::string_view literal, SourceSpan at);

struct ListLiteral : ExpressionOf<NodeKind::list> {
  using ViewOf::ViewOf;
  Range<Expression> elements() const { return all<Expression>(); }
  /// Whether `|` follows the nth element, for each element; the last one's is false.
  std::vector<bool> bars() const;
  Word first_bar() const;
};

/// `secret("keychain:…")`
struct Call : ExpressionOf<NodeKind::call> {
  using ViewOf::ViewOf;
  Range<Expression> arguments() const { return all<Expression>(); }
};

/// One step of a reference: `.name`, or `[expression]`.
struct RefStep {
  Word name;         ///< empty if this is an index
  Expression index;  ///< nothing if this is a name
};

/// `go.toolchain["default"].version`
struct Ref : ExpressionOf<NodeKind::ref> {
  using ViewOf::ViewOf;
  Word head() const { return word(token(0)); }
  std::vector<RefStep> steps() const;  ///< after the head
  bool single() const { return node().count == 1; }
};

}  // namespace gopol::dsl
