#pragma once

#include <optional>

#include "dsl/check/constant.h"

namespace gopol::dsl::checking {

// Constants that one literal says in full. Each reports P1005, P2003 or P2004 and gives nothing.
std::optional<Constant> from_boolean(Expression expression, const Type& type, Context& context);
std::optional<Constant> from_integer(Expression expression, const Type& type, Context& context);
std::optional<Constant> from_date(Expression expression, const Type& type, Context& context);
std::optional<Constant> from_duration(Expression expression, const Type& type, Context& context);
/// A word of the type's list, bare or in quotes.
std::optional<Constant> from_word(Expression expression, const Type& type, Context& context);

/// P2004: the expression is of another type.
std::optional<Constant> mismatch(Expression expression, const Type& type, Context& context);

}  // namespace gopol::dsl::checking
