#include "dsl/policy/schema.h"

#include <fmt/format.h>

#include <algorithm>

#include "dsl/policy/spell.h"

namespace gopol::dsl {
namespace {

std::string_view plain_name(TypeKind kind) {
  switch (kind) {
    case TypeKind::boolean: return "bool";
    case TypeKind::integer: return "int";
    case TypeKind::text: return "string";
    case TypeKind::word: return "word";
    case TypeKind::version: return "version";
    case TypeKind::date: return "date";
    case TypeKind::duration: return "duration";
    case TypeKind::path: return "path";
    case TypeKind::list: return "list";
    case TypeKind::set: return "set";
    case TypeKind::chain: return "proxychain";
    case TypeKind::secret: return "secret";
  }
  return "string";
}

const AttributeSchema& existence() {
  static const AttributeSchema schema = [] {
    AttributeSchema out;
    out.name = "exists";
    out.type.kind = TypeKind::boolean;
    out.doc = "whether the resource is there";
    out.writable = out.assertable = true;
    return out;
  }();
  return schema;
}

}  // namespace

bool is_ordered(TypeKind kind) {
  return kind == TypeKind::version || kind == TypeKind::integer || kind == TypeKind::date ||
         kind == TypeKind::duration;
}

std::string to_text(const Type& type) {
  switch (type.kind) {
    case TypeKind::version: return fmt::format("version ({})", name(type.scheme));
    case TypeKind::word: return fmt::format("one of {}", fmt::join(type.words, ", "));
    case TypeKind::list:
    case TypeKind::set:
      return fmt::format("{}[{}]", plain_name(type.kind), plain_name(type.element));
    default: return std::string(plain_name(type.kind));
  }
}

const Schema* Schemas::find(std::string_view family) const {
  const auto at = std::lower_bound(
      families.begin(), families.end(), family,
      [](const Schema& schema, std::string_view wanted) { return schema.family.text() < wanted; });
  return at != families.end() && at->family == family ? &*at : nullptr;
}

std::size_t SlotHash::operator()(const Slot& slot) const {
  const NameHash hash;
  std::size_t out = hash(slot.family);
  for (const Name& part : {slot.key, slot.attribute, slot.index}) {
    out = out * 1099511628211U + hash(part);
  }
  return out;
}

std::string to_text(const Slot& slot) {
  std::string out;
  out.reserve(slot.family.size() + slot.key.size() + slot.attribute.size() + slot.index.size() + 9);
  out += slot.family.text();
  if (!slot.key.empty()) out.append("[").append(quoted(slot.key.text())).append("]");
  if (!slot.attribute.empty()) out.append(".").append(slot.attribute.text());
  if (!slot.index.empty()) out.append("[").append(quoted(slot.index.text())).append("]");
  return out;
}

const AttributeSchema* find_attribute(const Schema& schema, std::string_view name) {
  for (const AttributeSchema& attribute : schema.attributes) {
    if (attribute.name == name) return &attribute;
  }
  if (name == "exists" && schema.existence) return &existence();
  return schema.any_attribute ? &*schema.any_attribute : nullptr;
}

}  // namespace gopol::dsl
