#include "dsl/check/scope.h"

#include <utility>

namespace gopol::dsl::checking {

std::uint32_t Context::fact(const Slot& slot) {
  const auto next = static_cast<std::uint32_t>(policy.facts.size());
  const auto [at, is_new] = fact_index.try_emplace(slot, next);
  if (is_new) policy.facts.push_back(slot);
  return at->second;
}

Diagnostic with_fix(Diagnostic diagnostic, std::string title, SourceSpan span, std::string text) {
  if (diagnostic.help.empty()) diagnostic.help = title;
  diagnostic.fixes.push_back({std::move(title), Safety::safe, {{span, std::move(text)}}});
  return diagnostic;
}

}  // namespace gopol::dsl::checking
