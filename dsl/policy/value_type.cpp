#include "dsl/policy/value_type.h"

namespace gopol::dsl {

bool is_of_type(const Value& value, const Type& type) {
  switch (type.kind) {
    case TypeKind::boolean: return value.as<bool>() != nullptr;
    case TypeKind::integer: return value.as<std::int64_t>() != nullptr;
    case TypeKind::text:
    case TypeKind::word: return value.as<std::string>() != nullptr;
    case TypeKind::version: {
      const auto* version = value.as<Version>();
      return version != nullptr && version->scheme == type.scheme;
    }
    case TypeKind::date: return value.as<Date>() != nullptr;
    case TypeKind::duration: return value.as<Duration>() != nullptr;
    case TypeKind::path: return value.as<Path>() != nullptr;
    case TypeKind::list: return value.as<List>() != nullptr;
    case TypeKind::set: return value.as<Set>() != nullptr;
    case TypeKind::chain: return value.as<Chain>() != nullptr;
    case TypeKind::secret: return value.as<SecretRef>() != nullptr;
  }
  return false;
}

bool may_be_observed(const Value& value, const Type& type) {
  const bool is_written_as_text = type.kind == TypeKind::chain || type.kind == TypeKind::list ||
                                  type.kind == TypeKind::set || type.kind == TypeKind::path;
  return value.is_absent() || value.is_unknown() || is_of_type(value, type) ||
         (is_written_as_text && value.as<std::string>() != nullptr);
}

}  // namespace gopol::dsl
