#include "dsl/check/declared.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/check/constant.h"
#include "dsl/check/reference.h"
#include "dsl/value/near_miss.h"

namespace gopol::dsl::checking {
namespace {

constexpr std::pair<std::string_view, TypeKind> plain_types[] = {
    {"bool", TypeKind::boolean},    {"int", TypeKind::integer}, {"string", TypeKind::text},
    {"version", TypeKind::version}, {"date", TypeKind::date},   {"duration", TypeKind::duration},
    {"path", TypeKind::path},       {"list", TypeKind::list},   {"set", TypeKind::set},
    {"proxychain", TypeKind::chain}};

/// `xcode.select.developer_dir`: the type that this attribute has.
std::optional<Type> attribute_type(const std::string& name, const Schemas& schemas) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos) return {};
  const Schema* family = schemas.find(name.substr(0, dot));
  if (family == nullptr) return {};
  const AttributeSchema* attribute = find_attribute(*family, name.substr(dot + 1));
  if (attribute == nullptr) return {};
  return attribute->type;
}

std::optional<Type> unknown_type(TypeName written, const std::string& name, Context& context) {
  std::vector<std::string> all;
  for (const auto& [plain, kind] : plain_types) all.emplace_back(plain);
  auto out = problem("P2001", written.span(), fmt::format("no type `{}`", name), "unknown type");
  if (const auto near = near_miss(name, all)) {
    out = with_fix(std::move(out), fmt::format("did you mean `{}`?", *near), written.name().span(),
                   *near);
  } else {
    out.help = fmt::format("there are {}, and those of attributes", fmt::join(all, ", "));
  }
  context.error(std::move(out));
  return {};
}

/// A version is checked when the attribute it is for is known: only that knows its scheme.
bool is_version(Expression value) {
  return value.kind() == NodeKind::version || value.kind() == NodeKind::integer;
}

}  // namespace

std::optional<Type> declared_type(TypeName written, Context& context) {
  const std::string name = written.name().name();
  const auto* plain = std::find_if(std::begin(plain_types), std::end(plain_types),
                                   [&](const auto& one) { return one.first == name; });
  if (plain == std::end(plain_types)) {
    auto type = attribute_type(name, context.schemas);
    return type ? type : unknown_type(written, name, context);
  }
  Type out;
  out.kind = plain->second;
  if (const TypeName element = written.element()) {
    const auto inner = declared_type(element, context);
    if (!inner) return {};
    out.element = inner->kind;
    out.words = inner->words;
  }
  return out;
}

bool is_of_type(TypeName written, Expression value, const Scope& scope, Context& context) {
  const auto type = declared_type(written, context);
  if (!type) return false;
  const Scoped followed = follow(value, scope, context);
  const auto wrong = [&](Expression at) {
    context.error("P2004", at.span(), fmt::format("this is no {}", written.text()), "wrong type");
    return false;
  };
  if (type->kind == TypeKind::version) {
    return is_version(followed.expression) || wrong(followed.expression);
  }
  const bool of_versions = type->element == TypeKind::version;
  if ((type->kind == TypeKind::list || type->kind == TypeKind::set) && of_versions) {
    const auto elements = elements_of(value, scope, context);
    if (!elements) return false;
    for (const Scoped& element : *elements) {
      if (!is_version(element.expression)) return wrong(element.expression);
    }
    return true;
  }
  return constant(value, {*type, false, true}, scope, context).has_value();
}

}  // namespace gopol::dsl::checking
