#pragma once

#include <optional>
#include <string>
#include <utility>

#include "dsl/policy/schema.h"

namespace gopol::providers {

/// A fact of a family: read, never asserted.
inline dsl::AttributeSchema fact(const dsl::Name& name, dsl::Type type, std::string doc) {
  dsl::AttributeSchema out;
  out.name = name;
  out.type = std::move(type);
  out.doc = std::move(doc);
  return out;
}

/// An attribute that a policy may assert and gopol can set.
inline dsl::AttributeSchema writable(const dsl::Name& name, dsl::Type type, std::string doc) {
  dsl::AttributeSchema out = fact(name, std::move(type), std::move(doc));
  out.writable = out.assertable = true;
  return out;
}

/// A fact that may stand in a `warn` rule; `help` says what to do instead of `enforce`.
inline dsl::AttributeSchema verified(const dsl::Name& name, dsl::Type type, std::string doc,
                                     std::string help = {}) {
  dsl::AttributeSchema out = fact(name, std::move(type), std::move(doc));
  out.assertable = true;
  out.read_only_help = std::move(help);
  return out;
}

inline dsl::AttributeSchema may_be_absent(dsl::AttributeSchema attribute) {
  attribute.optional = true;
  return attribute;
}

inline dsl::AttributeSchema may_be_unknown(dsl::AttributeSchema attribute) {
  attribute.unknowable = true;
  return attribute;
}

inline dsl::Type boolean() { return {dsl::TypeKind::boolean, {}, {}, {}}; }
inline dsl::Type integer() { return {dsl::TypeKind::integer, {}, {}, {}}; }
inline dsl::Type text() { return {dsl::TypeKind::text, {}, {}, {}}; }
inline dsl::Type path() { return {dsl::TypeKind::path, {}, {}, {}}; }
inline dsl::Type date() { return {dsl::TypeKind::date, {}, {}, {}}; }
inline dsl::Type chain() { return {dsl::TypeKind::chain, {}, {}, {}}; }
inline dsl::Type word(std::vector<std::string> words) {
  return {dsl::TypeKind::word, {}, std::move(words), {}};
}
inline dsl::Type version(dsl::VersionScheme scheme) {
  return {dsl::TypeKind::version, scheme, {}, {}};
}
inline dsl::Type list() { return {dsl::TypeKind::list, {}, {}, dsl::TypeKind::text}; }

/// A family without attributes yet; `key`: it has a resource for each key.
inline dsl::Schema family(const dsl::Name& name, std::string doc,
                          std::optional<dsl::Type> key = {}) {
  dsl::Schema out;
  out.family = name;
  out.doc = std::move(doc);
  out.key = std::move(key);
  return out;
}

/// A family of context facts.
inline dsl::Schema context(const dsl::Name& name, std::string doc,
                           std::vector<dsl::AttributeSchema> attributes) {
  dsl::Schema out = family(name, std::move(doc));
  out.attributes = std::move(attributes);
  out.context = true;
  return out;
}

}  // namespace gopol::providers
