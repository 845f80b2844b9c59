#include "engine/plugin/plugin_protocol.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "dsl/policy/value_type.h"
#include "engine/encoding/json.h"

namespace gopol::engine::plugin {
namespace {

using detail::flag_in;
using detail::Json;
using detail::text_in;

constexpr std::size_t most_attributes = 1000;

dsl::Diagnostic bad(std::string what) {
  return dsl::problem("R4002", "its answer " + std::move(what),
                      "the protocol is in the manual, \"Plugins\"");
}

std::string line(const Json& request) { return detail::line_of(request) + "\n"; }

std::vector<std::string> texts_at(const Json& object, const char* name) {
  std::vector<std::string> out;
  const Json* at = detail::find(object, name);
  if (at == nullptr || !at->is_array()) return out;
  for (const Json& one : *at) {
    if (one.is_string()) out.push_back(one.get<std::string>());
  }
  return out;
}

/// What stands behind "ok".
Result<Json> body_of(std::string_view answer) {
  const auto document = detail::parse_json(answer);
  if (!document || !document->is_object()) return bad("is not a JSON object");
  const Json* error = detail::find(*document, "error");
  if (error != nullptr && error->is_object()) {
    return dsl::problem("R4002", "it says: " + text_in(*error, "message"), text_in(*error, "help"));
  }
  const Json* ok = detail::find(*document, "ok");
  if (ok == nullptr || !ok->is_object()) return bad("has neither `ok` nor `error`");
  return *ok;
}

std::optional<dsl::TypeKind> kind_named(const std::string& name) {
  using dsl::TypeKind;
  constexpr std::pair<std::string_view, TypeKind> kinds[] = {
      {"bool", TypeKind::boolean},      {"int", TypeKind::integer},
      {"string", TypeKind::text},       {"word", TypeKind::word},
      {"version", TypeKind::version},   {"date", TypeKind::date},
      {"duration", TypeKind::duration}, {"path", TypeKind::path},
      {"list", TypeKind::list},         {"set", TypeKind::set}};
  for (const auto& [known, kind] : kinds) {
    if (known == name) return kind;
  }
  return {};
}

std::optional<dsl::VersionScheme> scheme_named(const std::string& name) {
  using dsl::VersionScheme;
  for (const auto scheme :
       {VersionScheme::go, VersionScheme::apple, VersionScheme::semver, VersionScheme::brew}) {
    if (dsl::name(scheme) == name) return scheme;
  }
  return {};
}

Result<dsl::Type> read_type(const Json& object) {
  dsl::Type out;
  const std::string kind = object.is_object() ? text_in(object, "kind") : std::string();
  const auto known = kind_named(kind);
  if (!known) return bad(fmt::format("has an unknown type `{}`", kind));
  out.kind = *known;
  out.words = texts_at(object, "words");
  if (out.kind == dsl::TypeKind::word && out.words.empty())
    return bad("has a type `word` without `words`");
  if (out.kind == dsl::TypeKind::version) {
    const auto scheme = scheme_named(text_in(object, "scheme"));
    if (!scheme) return bad("has a version without a known `scheme`");
    out.scheme = *scheme;
  }
  return out;
}

bool is_name(std::string_view text, bool dots) {
  if (text.empty() || text.size() > 100 || text.front() == '.' || text.back() == '.') return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (dots && c == '.');
  });
}

Result<dsl::AttributeSchema> read_attribute(const Json& object) {
  dsl::AttributeSchema out;
  if (!object.is_object()) return bad("has an attribute that is no object");
  out.name = text_in(object, "name");
  if (!is_name(out.name, false))
    return bad(fmt::format("has an attribute with the name `{}`", out.name));
  auto type = read_type(object.value("type", Json::object()));
  if (!type) return type.error();
  out.type = std::move(*type);
  out.doc = text_in(object, "doc");
  out.writable = flag_in(object, "writable");
  out.assertable = out.writable || flag_in(object, "assertable");
  out.optional = flag_in(object, "optional");
  out.unknowable = flag_in(object, "unknowable");
  out.input = flag_in(object, "input");
  out.unsettable = flag_in(object, "unsettable");
  return out;
}

/// The value in the type of its attribute: a plugin may say "14.5" for a version.
std::optional<Value> typed(const Json& json, const dsl::Type& type) {
  if (json.is_string() && type.kind == dsl::TypeKind::version) {
    return dsl::Version{json.get<std::string>(), type.scheme};
  }
  if (json.is_string() && type.kind == dsl::TypeKind::path)
    return dsl::Path(json.get<std::string>());
  auto value = detail::value_of(json);
  if (!value || value->is_absent() || value->is_unknown()) return value;
  if (!dsl::is_of_type(*value, type)) return {};
  return value;
}

std::string sample_key(const dsl::Type& type) {
  if (type.kind == dsl::TypeKind::word) return type.words.front();
  return type.kind == dsl::TypeKind::path ? "/tmp/gopol-sample" : "sample";
}

/// Two of any type.
std::vector<Value> samples_of(const dsl::Type& type) {
  using dsl::TypeKind;
  switch (type.kind) {
    case TypeKind::boolean: return {true, false};
    case TypeKind::integer: return {std::int64_t{1}, std::int64_t{2}};
    case TypeKind::version:
      return {dsl::Version{"1.2.3", type.scheme}, dsl::Version{"1.2.4", type.scheme}};
    case TypeKind::date: return {*dsl::parse_date("2026-01-31"), *dsl::parse_date("2026-02-28")};
    case TypeKind::duration: return {dsl::Duration{60}, dsl::Duration{120}};
    case TypeKind::path: return {dsl::Path("/tmp/one"), dsl::Path("/tmp/two")};
    case TypeKind::list: return {dsl::List{{"one"}}, dsl::List{{"two", "one"}}};
    case TypeKind::set: return {dsl::Set{{"one"}}, dsl::Set{{"one", "two"}}};
    case TypeKind::word: return {std::string(type.words.front()), std::string(type.words.back())};
    default: return {std::string("one"), std::string("say \"two\" \\ 3")};
  }
}

}  // namespace

std::string schema_request() {
  return line({{"protocol", protocol_version}, {"method", "schema"}});
}

std::string observe_request(const Query& query) {
  Json slots = Json::array();
  for (const Slot& slot : query.slots) {
    slots.push_back({{"key", slot.key}, {"attribute", slot.attribute}, {"index", slot.index}});
  }
  Json inputs = Json::object();
  for (const auto& [key, values] : query.inputs) {
    for (const auto& [name, value] : values) inputs[key][name] = detail::json_of(value);
  }
  return line({{"protocol", protocol_version},
               {"method", "observe"},
               {"slots", slots},
               {"inputs", inputs}});
}

std::string change_request(const Change& change) {
  Json changes = Json::array();
  for (const Assignment& one : change.assignments) {
    changes.push_back({{"attribute", one.slot.attribute},
                       {"index", one.slot.index},
                       {"from", detail::json_of(one.from)},
                       {"to", detail::json_of(one.to)}});
  }
  Json wanted = Json::object();
  for (const Assignment& one : change.wanted) wanted[one.slot.attribute] = detail::json_of(one.to);
  return line({{"protocol", protocol_version},
               {"method", change.takes_back ? "undo" : "apply"},
               {"key", change.key},
               {"changes", changes},
               {"wanted", wanted}});
}

Result<dsl::Schema> read_schema(std::string_view answer) {
  auto body = body_of(answer);
  if (!body) return body.error();
  if (body->value("protocol", Json(0)) != Json(protocol_version)) {
    return bad(fmt::format("speaks another protocol than {}", protocol_version));
  }
  dsl::Schema out;
  out.family = text_in(*body, "family");
  if (!is_name(out.family, true)) return bad(fmt::format("names a family `{}`", out.family));
  out.doc = text_in(*body, "doc");
  out.existence = flag_in(*body, "existence");
  out.context = flag_in(*body, "context");
  out.after = texts_at(*body, "after");
  if (const Json* key = detail::find(*body, "key"); key != nullptr && key->is_object()) {
    auto type = read_type(*key);
    if (!type) return type.error();
    out.key = std::move(*type);
  }
  const Json attributes = body->value("attributes", Json::array());
  if (!attributes.is_array() || attributes.size() > most_attributes)
    return bad("has no list of attributes");
  for (const Json& one : attributes) {
    auto attribute = read_attribute(one);
    if (!attribute) return attribute.error();
    out.attributes.push_back(std::move(*attribute));
  }
  return out;
}

bool has_undo(std::string_view schema_answer) {
  const auto body = body_of(schema_answer);
  return body && flag_in(*body, "undo");
}

Samples read_samples(std::string_view schema_answer, const dsl::Schema& schema) {
  const auto body = body_of(schema_answer);
  const Json attributes = body ? body->value("attributes", Json::array()) : Json::array();
  Samples out;
  if (body) out.key = text_in(*body, "sample");
  if (out.key.empty() && schema.key) out.key = sample_key(*schema.key);
  for (const dsl::AttributeSchema& one : schema.attributes) {
    if (!one.writable || one.input) continue;
    std::vector<Value>& values = out.values[one.name];
    for (const Json& said : attributes) {
      if (text_in(said, "name") != one.name) continue;
      for (const Json& sample : said.value("samples", Json::array())) {
        if (auto value = typed(sample, one.type)) values.push_back(std::move(*value));
      }
    }
    if (values.empty()) values = samples_of(one.type);
  }
  return out;
}

Result<Observed> read_observed(std::string_view answer, const dsl::Schema& schema) {
  auto body = body_of(answer);
  if (!body) return body.error();
  const Json values = body->value("values", Json());
  if (!values.is_array()) return bad("has no list `values`");
  Observed out;
  for (const Json& one : values) {
    if (!one.is_object()) return bad("has a value that is no object");
    Observation seen;
    seen.slot = {schema.family, text_in(one, "key"), text_in(one, "attribute"),
                 text_in(one, "index")};
    const auto shape = std::find_if(schema.attributes.begin(), schema.attributes.end(),
                                    [&](const auto& a) { return a.name == seen.slot.attribute; });
    const bool exists = schema.existence && seen.slot.attribute == "exists";
    if (shape == schema.attributes.end() && !exists) {
      return bad(fmt::format("tells of `{}`, which its schema does not have", seen.slot.attribute));
    }
    const dsl::Type type = exists ? dsl::Type{dsl::TypeKind::boolean, {}, {}, {}} : shape->type;
    auto value = typed(one.value("value", Json()), type);
    if (!value)
      return bad(fmt::format("has a value of `{}` that is no {}", seen.slot.attribute,
                             dsl::to_text(type)));
    seen.value = std::move(*value);
    seen.origin = text_in(one, "origin");
    seen.findings = texts_at(one, "findings");
    out.push_back(std::move(seen));
  }
  return out;
}

Result<Done> read_done(std::string_view answer) {
  auto body = body_of(answer);
  if (!body) return body.error();
  return Done{};
}

}  // namespace gopol::engine::plugin
