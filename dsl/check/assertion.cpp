#include "dsl/check/assertion.h"

#include <fmt/format.h>

#include <utility>

#include "dsl/check/constant.h"

namespace gopol::dsl::checking {
namespace {

/// LANGUAGE, "Types": which operators a type may be asserted with.
bool has_operator(TypeKind kind, AssertOp op) {
  switch (op) {
    case AssertOp::equal: return true;
    case AssertOp::in:
      return kind != TypeKind::path && kind != TypeKind::chain && kind != TypeKind::list;
    case AssertOp::matches: return kind == TypeKind::text;
    case AssertOp::includes:
    case AssertOp::excludes: return kind == TypeKind::list || kind == TypeKind::set;
    default: return is_ordered(kind);
  }
}

class AssertionReader {
 public:
  AssertionReader(Attribute attribute, const AttributeSchema& shape, const Scope& scope,
                  Context& context)
      : attribute_(attribute), shape_(shape), scope_(scope), context_(context) {}

  std::optional<ReadAllowed> read() {
    const AssertOp op = attribute_.op();
    const bool only_equal = shape_.input && op != AssertOp::equal;
    if (only_equal || !has_operator(shape_.type.kind, op)) return wrong_operator();
    switch (op) {
      case AssertOp::equal: return exactly();
      case AssertOp::in: return within();
      case AssertOp::includes:
      case AssertOp::excludes: return edit(op == AssertOp::includes);
      case AssertOp::matches: return matching();
      default: return bounded(op);
    }
  }

 private:
  std::optional<ReadAllowed> wrong_operator() {
    context_.error("P2004", attribute_.sign().span,
                   fmt::format("`{}` cannot be asserted of `{}` ({})", attribute_.sign().text,
                               attribute_.name().text, to_text(shape_.type)),
                   "wrong operator", "use `=`");
    return {};
  }

  std::optional<Constant> read_constant(Expression expression, bool pin = false) {
    return constant(expression, {shape_.type, pin, true}, scope_, context_);
  }

  /// The schema's own rules, where the value is certain already.
  bool is_valid(const Constant& value, Expression at) {
    if (shape_.validate == nullptr || value.interpolated) return true;
    const auto result = shape_.validate(value.value);
    if (result) return true;
    for (const Diagnostic& error : result.error()) {
      context_.error("P2004", at.span(), error.message, "", error.help);
    }
    return false;
  }

  std::optional<ReadAllowed> exactly() {
    const Expression at = attribute_.value();
    if (at.kind() == NodeKind::range) return bounded_both(at.as<RangeExpression>());
    auto value = read_constant(at, true);
    if (!value) return {};
    ReadAllowed out;
    out.interpolated = value->interpolated;
    if (value->range) {
      out.allowed.range = std::move(value->range);
      return out;
    }
    if (!is_valid(*value, at)) return {};
    out.allowed.one_of.emplace().push_back(std::move(value->value));
    return out;
  }

  std::optional<ReadAllowed> bounded_both(RangeExpression range) {
    if (!is_ordered(shape_.type.kind)) return wrong_operator();
    auto both = constant_range(range, {shape_.type, false, true}, scope_, context_);
    if (!both) return {};
    ReadAllowed out;
    out.allowed.range = std::move(both);
    return out;
  }

  std::optional<ReadAllowed> within() {
    const Scoped followed = follow(attribute_.value(), scope_, context_);
    const Expression at = followed.expression;
    if (const RangeExpression range = at.as<RangeExpression>()) return bounded_both(range);
    if (at.kind() == NodeKind::version) return exactly();
    const auto elements = elements_of(at, *followed.scope, context_);
    if (!elements) return {};
    ReadAllowed out;
    out.allowed.one_of.emplace();
    if (elements->empty()) {
      context_.error("P2004", at.span(), "an empty list allows nothing", "nothing to choose");
      return {};
    }
    for (const Scoped& element : *elements) {
      auto value =
          constant(element.expression, {shape_.type, true, true}, *element.scope, context_);
      if (!value || !is_valid(*value, element.expression)) return {};
      if (value->range) {
        context_.error("P2004", element.expression.span(), "a range cannot stand in a list",
                       "a range", "write one range, or list the releases");
        return {};
      }
      out.interpolated = out.interpolated || value->interpolated;
      out.allowed.one_of->push_back(std::move(value->value));
    }
    return out;
  }

  std::optional<ReadAllowed> edit(bool includes) {
    auto value = read_constant(attribute_.value());
    if (!value) return {};
    const auto* list = value->value.as<List>();
    const auto* set = value->value.as<Set>();
    ReadAllowed out;
    out.interpolated = value->interpolated;
    (includes ? out.allowed.includes : out.allowed.excludes) =
        list != nullptr ? list->items : set->items;
    if (includes && !is_valid(*value, attribute_.value())) return {};
    return out;
  }

  std::optional<ReadAllowed> matching() {
    const String pattern = follow(attribute_.value(), scope_, context_).expression.as<String>();
    if (!pattern) {
      context_.error("P2004", attribute_.value().span(), "a pattern in quotes belongs here", "");
      return {};
    }
    auto text = marked_text(pattern, true, context_);
    if (!text) return {};
    ReadAllowed out;
    out.interpolated = text->interpolated;
    out.allowed.globs.push_back(std::move(text->text));
    return out;
  }

  std::optional<ReadAllowed> bounded(AssertOp op) {
    auto value = read_constant(attribute_.value());
    if (!value) return {};
    if (value->range) {
      context_.error("P2004", attribute_.value().span(), "`.x` stands only after `=` and `in`",
                     "a range");
      return {};
    }
    const bool low = op == AssertOp::greater || op == AssertOp::greater_equal;
    const bool included = op == AssertOp::greater_equal || op == AssertOp::less_equal;
    Range range;
    (low ? range.low : range.high) = Bound{std::move(value->value), included};
    ReadAllowed out;
    out.allowed.range = std::move(range);
    return out;
  }

  Attribute attribute_;
  const AttributeSchema& shape_;
  const Scope& scope_;
  Context& context_;
};

}  // namespace

std::optional<ReadAllowed> read_allowed(Attribute attribute, const AttributeSchema& shape,
                                        const Scope& scope, Context& context) {
  return AssertionReader(attribute, shape, scope, context).read();
}

}  // namespace gopol::dsl::checking
