#include "dsl/check/guard.h"

#include <utility>

#include "dsl/check/atom.h"

namespace gopol::dsl::checking {
namespace {

class GuardReader {
 public:
  GuardReader(const Scope& scope, Context& context) : scope_(scope), context_(context) {}

  std::optional<Guard> read(Expression expression) {
    switch (expression.kind()) {
      case NodeKind::or_: return several(expression, Guard::Kind::any);
      case NodeKind::and_: return several(expression, Guard::Kind::all);
      case NodeKind::not_: {
        auto inner = read(expression.as<Not>().operand());
        if (!inner) return {};
        return negated(std::move(*inner));
      }
      default: return atom(expression, scope_, context_);
    }
  }

 private:
  std::optional<Guard> several(Expression expression, Guard::Kind kind) {
    Guard out;
    out.kind = kind;
    out.span = expression.span();
    bool whole = true;
    for (const Expression part : expression.all<Expression>()) {
      auto one = read(part);
      if (one) {
        out.parts.push_back(std::move(*one));
      } else {
        whole = false;
      }
    }
    if (!whole) return {};
    return out;
  }

  const Scope& scope_;
  Context& context_;
};

}  // namespace

std::optional<Guard> guard(Expression expression, const Scope& scope, Context& context) {
  return GuardReader(scope, context).read(expression);
}

Guard both(Guard a, Guard b) {
  if (a.kind == Guard::Kind::always) return b;
  if (b.kind == Guard::Kind::always) return a;
  if (a.kind == Guard::Kind::all) {
    a.parts.push_back(std::move(b));
    return a;
  }
  Guard out;
  out.kind = Guard::Kind::all;
  out.span = b.span;
  out.parts.push_back(std::move(a));
  out.parts.push_back(std::move(b));
  return out;
}

}  // namespace gopol::dsl::checking
