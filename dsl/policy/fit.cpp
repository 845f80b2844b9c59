#include "dsl/policy/fit.h"

#include <fmt/format.h>

#include <algorithm>

#include "dsl/value/chain.h"

namespace gopol::dsl {

std::optional<Diagnostic> misfit(const AttributeSchema& attribute, const Value& value) {
  if (!value.is_known()) return {};
  const auto* text = value.as<std::string>();
  switch (attribute.type.kind) {
    case TypeKind::chain:
      if (text == nullptr) break;
      if (text->find('\0') != std::string::npos)  // in a policy's text it would be a mark of ours
        return problem("P2004", "invalid control character in proxy URL");
      if (const auto chain = parse_chain(*text); !chain) return chain.error().front();
      break;
    case TypeKind::word:
      if (const auto& words = attribute.type.words;
          text != nullptr && std::find(words.begin(), words.end(), *text) == words.end())
        return problem("P2003", fmt::format("`{}` is not {}", *text, to_text(attribute.type)));
      break;
    case TypeKind::list:
    case TypeKind::set:
    case TypeKind::path:
    case TypeKind::version:
      if (text != nullptr)
        return problem("P2004", fmt::format("`{}` is no {}", *text, to_text(attribute.type)));
      break;
    default: break;
  }
  if (attribute.validate == nullptr) return {};
  const auto valid = attribute.validate(value);
  if (valid) return {};
  return valid.error().front();
}

}  // namespace gopol::dsl
