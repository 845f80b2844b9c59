#pragma once

#include <fmt/format.h>

#include "dsl/check/constant.h"
#include "dsl/check/scope.h"

namespace gopol::dsl::checking {

inline constexpr std::size_t most_rounds = 10'000;  ///< of all loops of a check together

/// Calls `each(scope)` for every element of the loop's list, the variable bound. Reports P2009 for
/// a variable that hides a name, P2013 past `most_rounds`.
template <class Each>
void for_each_element(For loop, const Scope& scope, Context& context, Each each) {
  const Word variable = loop.variable();
  if (const Binding* hidden = scope.find(variable.text)) {
    auto out = problem("P2009", variable.span,
                       fmt::format("`{}` hides another name", variable.text), "the same name");
    out.related.push_back({hidden->span, "named here first"});
    context.error(std::move(out));
    return;
  }
  const auto elements = elements_of(loop.over(), scope, context);
  if (!elements) return;
  Scope inner{&scope, {}};
  for (const Scoped& element : *elements) {
    if (++context.expanded > most_rounds) {
      if (context.expanded == most_rounds + 1) {
        context.error("P2013", loop.variable().span,
                      fmt::format("loops expand to more than {} rounds", most_rounds), "too many");
      }
      return;
    }
    inner.names[variable.text] = Binding{element.expression, element.scope, variable.span};
    each(inner);
  }
}

}  // namespace gopol::dsl::checking
