#include "cli/workspace/snapshot.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "cli/workspace/policy_file.h"
#include "dsl/policy/value_type.h"
#include "dsl/value/harmless.h"
#include "dsl/value/secret.h"
#include "engine/encoding/json.h"

namespace gopol::cli {
namespace {

using engine::detail::find;
using engine::detail::Json;
using engine::detail::text_in;

dsl::Diagnostic broken(const std::string& file, std::string_view what) {
  return dsl::problem("P0001", fmt::format("{} is not a snapshot of facts: {}", file, what),
                      "`gopol facts --record FILE` writes one");
}

/// Of what this gopol has no schema, another one may.
bool fits(const dsl::Slot& slot, const dsl::Value& value, const dsl::Schemas& schemas) {
  const dsl::Schema* schema = schemas.find(slot.family);
  const auto* attribute =
      schema != nullptr ? dsl::find_attribute(*schema, slot.attribute) : nullptr;
  return attribute == nullptr || dsl::may_be_observed(value, attribute->type);
}

std::vector<std::string> findings_in(const Json& fact) {
  std::vector<std::string> out;
  const Json* found = find(fact, "findings");
  if (found == nullptr || !found->is_array()) return out;
  for (const Json& one : *found) {
    if (one.is_string()) out.push_back(one.get<std::string>());
  }
  return out;
}

Json elsewhere_json(const engine::Elsewhere& one) {
  return {{"in", one.where.text()},
          {"value", engine::detail::json_of(one.value)},
          {"by", one.origin.text()}};
}

/// Returns nullopt if it is not what `elsewhere_json` wrote: then it would pass for in force.
std::optional<std::vector<engine::Elsewhere>> elsewhere_in(const Json& fact) {
  std::vector<engine::Elsewhere> out;
  const Json* found = find(fact, "elsewhere");
  if (found == nullptr) return out;
  if (!found->is_array()) return {};
  for (const Json& one : *found) {
    const Json* said = one.is_object() ? find(one, "value") : nullptr;
    auto value = said != nullptr ? engine::detail::value_of(*said) : std::nullopt;
    if (!value) return {};
    out.push_back({text_in(one, "in"), std::move(*value), text_in(one, "by")});
  }
  return out;
}

}  // namespace

std::string snapshot_text(const engine::Facts& facts, const SnapshotOrigin& origin) {
  Json out = {{"schema", 1}};
  if (!origin.machine.empty()) out["machine"] = origin.machine;
  if (!origin.recorded.empty()) out["recorded"] = origin.recorded;
  out["facts"] = Json::array();
  for (const engine::Observation& one : facts.all()) {
    Json slot = {{"family", one.slot.family.text()}, {"attribute", one.slot.attribute.text()}};
    if (!one.slot.key.empty()) slot["key"] = one.slot.key.text();
    if (!one.slot.index.empty()) slot["index"] = one.slot.index.text();
    Json fact = {{"slot", slot}, {"value", engine::detail::json_of(one.value)}};
    if (!one.origin.empty()) fact["origin"] = one.origin.text();
    if (one.inherited) fact["inherited"] = true;
    for (const std::string& finding : one.findings)
      fact["findings"].push_back(dsl::without_secrets(finding));
    for (const engine::Elsewhere& place : one.elsewhere)
      fact["elsewhere"].push_back(elsewhere_json(place));
    if (one.misplaced) fact["misplaced"] = true;
    out["facts"].push_back(std::move(fact));
  }
  return dsl::harmless_json(out.dump(1, ' ', false, Json::error_handler_t::replace)) + "\n";
}

dsl::Result<engine::Facts> read_snapshot(const std::string& file, const dsl::Schemas& schemas) {
  const auto text = read_policy(file);
  if (!text) return text.error();
  const auto document = engine::detail::parse_json(*text);
  if (!document || !document->is_object()) return broken(file, "not JSON");
  if (engine::detail::number_in(*document, "schema") != 1) return broken(file, "another version");
  const Json* facts = find(*document, "facts");
  if (facts == nullptr || !facts->is_array()) return broken(file, "no facts");
  engine::Facts out;
  for (const Json& fact : *facts) {
    const Json *slot = find(fact, "slot"), *said = find(fact, "value");
    if (slot == nullptr || !slot->is_object() || said == nullptr)
      return broken(file, "a fact without slot or value");
    auto value = engine::detail::value_of(*said);
    if (!value) return broken(file, "a value of no known form");
    dsl::Slot named{text_in(*slot, "family"), text_in(*slot, "key"), text_in(*slot, "attribute"),
                    text_in(*slot, "index")};
    if (!fits(named, *value, schemas))
      return broken(file,
                    fmt::format("`{}` cannot be {}", dsl::to_text(named), dsl::to_text(*value)));
    auto elsewhere = elsewhere_in(fact);
    if (!elsewhere) return broken(file, "what a slot is elsewhere is of no known form");
    out.add({.slot = std::move(named),
             .value = std::move(*value),
             .origin = text_in(fact, "origin"),
             .inherited = engine::detail::flag_in(fact, "inherited"),
             .findings = findings_in(fact),
             .elsewhere = std::move(*elsewhere),
             .misplaced = engine::detail::flag_in(fact, "misplaced")});
  }
  return out;
}

}  // namespace gopol::cli
