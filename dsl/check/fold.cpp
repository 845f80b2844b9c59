#include "dsl/check/fold.h"

#include <algorithm>

#include "dsl/check/constant.h"

namespace gopol::dsl::checking {
namespace {

bool is_parameter(Expression expression, const Scope& scope) {
  const std::string_view word = bare_word(expression);
  const Binding* binding = word.empty() ? nullptr : scope.find(word);
  return binding != nullptr && binding->parameter;
}

/// The text that stands for a constant: two constants are equal if their texts are.
std::optional<std::string> spelled(Expression expression, const Scope& scope, Context& context) {
  const Expression value = follow(expression, scope, context).expression;
  if (const String text = value.as<String>()) {
    if (text.interpolated()) return {};
    std::string out = text.decoded();
    out.insert(out.begin(), '"');  // never equal to a number of the same digits
    return out;
  }
  if (value.as<Literal>()) return std::string(value.text());
  return {};
}

std::optional<bool> compared(Compare expression, const Scope& scope, Context& context) {
  const CompareOp op = expression.op();
  if (op != CompareOp::equal && op != CompareOp::unequal) return {};
  if (!is_parameter(expression.left(), scope) && !is_parameter(expression.right(), scope))
    return {};
  const auto left = spelled(expression.left(), scope, context);
  const auto right = spelled(expression.right(), scope, context);
  if (!left || !right) return {};
  return (*left == *right) == (op == CompareOp::equal);
}

std::optional<bool> listed(In expression, const Scope& scope, Context& context) {
  if (!is_parameter(expression.left(), scope)) return {};
  const auto left = spelled(expression.left(), scope, context);
  const Scoped list = follow(expression.right(), scope, context);
  if (!left || list.expression.kind() != NodeKind::list) return {};
  bool found = false;
  for (const Expression element : list.expression.as<ListLiteral>().elements()) {
    found = found || spelled(element, *list.scope, context) == left;
  }
  return found != expression.negated();
}

}  // namespace

std::optional<bool> folded(Expression expression, const Scope& scope, Context& context) {
  switch (expression.kind()) {
    case NodeKind::compare: return compared(expression.as<Compare>(), scope, context);
    case NodeKind::in: return listed(expression.as<In>(), scope, context);
    case NodeKind::ref: {
      if (!is_parameter(expression, scope)) return {};
      const Expression value = follow(expression, scope, context).expression;
      if (value.kind() != NodeKind::boolean) return {};
      return value.text() == "true";
    }
    default: return {};
  }
}

}  // namespace gopol::dsl::checking
