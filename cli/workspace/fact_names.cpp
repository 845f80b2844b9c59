#include "cli/workspace/fact_names.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "dsl/value/near_miss.h"
#include "engine/plan/schema_slots.h"

namespace gopol::cli {
namespace {

using engine::Slot;

std::vector<std::string> all_names(const dsl::Schemas& schemas) {
  std::vector<std::string> out;
  for (const dsl::Schema& schema : schemas.families) {
    out.push_back(schema.family);
    for (const auto& attribute : schema.attributes)
      out.push_back(schema.family + "." + attribute.name);
  }
  return out;
}

dsl::Diagnostic unknown_name(const std::string& name, const dsl::Schemas& schemas) {
  const auto near = dsl::near_miss(name, all_names(schemas));
  return dsl::problem(
      "P2001", fmt::format("no fact `{}`", name),
      near ? fmt::format("did you mean `{}`?", *near) : "`gopol facts` lists what there is");
}

/// `["text"]` at the front of `rest`, taken off.
std::optional<std::string> take_index(std::string_view& rest) {
  if (!rest.starts_with("[\"")) return {};
  const std::size_t end = rest.find("\"]", 2);
  if (end == std::string_view::npos) return {};
  std::string out(rest.substr(2, end - 2));
  rest.remove_prefix(end + 2);
  return out;
}

const dsl::AttributeSchema* attribute_of(const dsl::Schema& schema, std::string_view name) {
  for (const auto& attribute : schema.attributes) {
    if (attribute.name == name) return &attribute;
  }
  return schema.any_attribute ? &*schema.any_attribute : nullptr;
}

/// The longest family that `name` begins with.
const dsl::Schema* family_of(std::string_view name, const dsl::Schemas& schemas) {
  const dsl::Schema* best = nullptr;
  for (const dsl::Schema& schema : schemas.families) {
    if (!name.starts_with(schema.family)) continue;
    const std::string_view rest = name.substr(schema.family.size());
    if (!rest.empty() && rest.front() != '.' && rest.front() != '[') continue;
    if (best == nullptr || schema.family.size() > best->family.size()) best = &schema;
  }
  return best;
}

void add_family(const engine::Provider& provider, const engine::Host& host,
                std::vector<Slot>& out) {
  const dsl::Schema& schema = provider.schema();
  const auto keys = schema.key ? provider.keys(host) : std::vector<std::string>{""};
  for (const std::string& key : keys) {
    const auto slots = engine::slots_of(schema, key);
    out.insert(out.end(), slots.begin(), slots.end());
  }
}

}  // namespace

dsl::Result<Slot> parse_slot(const std::string& name, const dsl::Schemas& schemas) {
  const dsl::Schema* schema = family_of(name, schemas);
  if (schema == nullptr) return unknown_name(name, schemas);
  std::string_view rest = std::string_view(name).substr(schema->family.size());
  Slot out{schema->family, "", "", ""};
  if (schema->key) {
    auto key = take_index(rest);
    if (!key)
      return dsl::problem(
          "P2001", fmt::format("`{}` needs a key: {}[\"...\"]", schema->family, schema->family));
    out.key = std::move(*key);
  }
  if (!rest.starts_with('.')) return unknown_name(name, schemas);
  rest.remove_prefix(1);
  out.attribute = std::string(rest.substr(0, rest.find('[')));
  rest.remove_prefix(out.attribute.size());
  const auto* attribute = attribute_of(*schema, out.attribute);
  if (attribute == nullptr && !(schema->existence && out.attribute == "exists"))
    return unknown_name(name, schemas);
  if (attribute != nullptr && attribute->indexed) {
    auto index = take_index(rest);
    if (!index)
      return dsl::problem("P2001", fmt::format("`{}` needs an index: {}[\"...\"]", name, name));
    out.index = std::move(*index);
  }
  if (!rest.empty()) return unknown_name(name, schemas);
  return out;
}

dsl::Result<std::vector<Slot>> slots_named(const std::vector<std::string>& names,
                                           const engine::Providers& providers,
                                           const dsl::Schemas& schemas, const engine::Host& host) {
  std::vector<Slot> out;
  if (names.empty()) {
    for (const auto& provider : providers) add_family(*provider, host, out);
    return out;
  }
  for (const std::string& name : names) {
    if (const engine::Provider* provider = engine::provider_of(providers, name)) {
      add_family(*provider, host, out);
      continue;
    }
    auto slot = parse_slot(name, schemas);
    if (!slot) return slot.error();
    out.push_back(std::move(*slot));
  }
  return out;
}

}  // namespace gopol::cli
