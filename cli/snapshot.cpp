#include "cli/snapshot.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "cli/policy_file.h"
#include "engine/value_json.h"

namespace gopol::cli {
namespace {

using Json = nlohmann::ordered_json;

dsl::Diagnostic broken(const std::string& file, std::string_view what) {
  return dsl::problem("P0001", fmt::format("{} is not a snapshot of facts: {}", file, what),
                      "`gopol facts --record FILE` writes one");
}

std::string text_at(const Json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
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
    Json fact = {{"slot", slot},
                 {"value", Json::parse(engine::to_json(one.value), nullptr, false)}};
    if (!one.origin.empty()) fact["origin"] = one.origin.text();
    if (one.inherited) fact["inherited"] = true;
    out["facts"].push_back(std::move(fact));
  }
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

dsl::Result<engine::Facts> read_snapshot(const std::string& file) {
  const auto text = read_policy(file);
  if (!text) return text.error();
  const Json document = Json::parse(*text, nullptr, false);
  if (!document.is_object()) return broken(file, "not JSON");
  if (document.value("schema", 0) != 1) return broken(file, "another version");
  const auto facts = document.find("facts");
  if (facts == document.end() || !facts->is_array()) return broken(file, "no facts");
  engine::Facts out;
  for (const Json& fact : *facts) {
    const bool whole = fact.is_object() && fact.contains("slot") && fact["slot"].is_object() &&
                       fact.contains("value");
    if (!whole) return broken(file, "a fact without slot or value");
    auto value = engine::value_from_json(fact["value"].dump());
    if (!value) return broken(file, "a value of no known form");
    const Json& slot = fact["slot"];
    out.add({.slot = {text_at(slot, "family"), text_at(slot, "key"), text_at(slot, "attribute"),
                      text_at(slot, "index")},
             .value = std::move(*value),
             .origin = text_at(fact, "origin"),
             .inherited = fact.value("inherited", false)});
  }
  return out;
}

}  // namespace gopol::cli
