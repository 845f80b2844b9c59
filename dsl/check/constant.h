#pragma once

#include <optional>
#include <string>

#include "dsl/check/scope.h"

namespace gopol::dsl::checking {

/// A constant of a known type. `range` is set instead of `value` for `1.22.x` and `a ..< b`.
struct Constant {
  Value value;
  std::optional<Range> range;
  bool interpolated = false;
};

/// What a constant is for, which decides what may be written.
struct Purpose {
  const Type& type;
  bool pin = false;            ///< `=` on a Go version: must name a release (P1007)
  bool interpolation = false;  ///< `${user.home}` is allowed
};

/// Reads `expression` as a constant of the type; follows names. Reports P1005, P1007, P2003, P2004,
/// P2009, P2012 and gives nothing.
std::optional<Constant> constant(Expression expression, const Purpose& purpose, const Scope& scope,
                                 Context& context);

/// `a .. b` or `a ..< b` of an ordered type. Reports P2004 for a range of ranges.
std::optional<Range> constant_range(RangeExpression range, const Purpose& purpose,
                                    const Scope& scope, Context& context);

/// A text with its interpolations marked; `plain` must be what the type of a path or text allows.
struct MarkedText {
  std::string text;
  bool interpolated = false;
};
std::optional<MarkedText> marked_text(String literal, bool interpolation, Context& context);

/// The elements of a list literal, or of the list a name stands for; nothing, reported, if it is
/// none.
std::optional<std::vector<Scoped>> elements_of(Expression list, const Scope& scope,
                                               Context& context);

/// Follows a single word to what it stands for in scope; the expression itself if it is no name.
/// The context's trail notes the names on the way.
Scoped follow(Expression expression, const Scope& scope, Context& context);

/// The bare word of a reference without steps, else nothing.
std::string_view bare_word(Expression expression);

}  // namespace gopol::dsl::checking
