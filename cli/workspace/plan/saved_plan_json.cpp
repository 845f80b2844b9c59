#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/workspace/plan/saved_plan.h"
#include "engine/encoding/json.h"
#include "engine/encoding/sha256.h"
#include "engine/plan/plan_report.h"

namespace gopol::cli {
namespace {

using engine::detail::flag_in;
using engine::detail::Json;
using engine::detail::text_in;

constexpr int schema = 3;

std::string dumped(const Json& json) {
  return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

Json parsed(const std::string& text) { return Json::parse(text, nullptr, false); }

Json json_of(const SavedItem& item) {
  const engine::Agreement& agreed = item.agreed;
  return {{"slot", engine::detail::json_of(agreed.slot)},
          {"state", engine::word(agreed.state)},
          {"current", engine::detail::json_of(agreed.current)},
          {"wanted", dsl::to_text(agreed.allowed)},  // for people
          {"target", engine::detail::json_of(agreed.target)},
          {"rule", agreed.rule.text()},
          {"place", item.place},
          {"needs_root", agreed.demands.needs_root},
          {"irreversible", agreed.demands.irreversible},
          {"needs_person", agreed.demands.needs_person},
          {"gives_back", agreed.gives_back},
          {"allowed", engine::detail::json_of(agreed.allowed)}};
}

Json member(const Json& object, const char* name) {
  const auto at = object.find(name);
  return at != object.end() ? *at : Json();
}

std::vector<std::string> texts_in(const Json& object, const char* name) {
  std::vector<std::string> out;
  for (const Json& one : member(object, name))
    if (one.is_string()) out.push_back(one.get<std::string>());
  return out;
}

/// Returns nullopt if it is not what json_of wrote.
std::optional<SavedItem> item_of(const Json& json) {
  // A rule whose guard is unknown may have no slot.
  auto slot = engine::detail::slot_of(member(json, "slot")).value_or(engine::Slot{});
  const auto state = engine::state_of(text_in(json, "state"));
  auto current = engine::detail::value_of(member(json, "current"));
  auto target = engine::detail::value_of(member(json, "target"));
  auto allowed = engine::detail::allowed_of(member(json, "allowed"));
  if (!state || !current || !target || !allowed) return {};
  return SavedItem{
      {std::move(slot),
       *state,
       std::move(*current),
       std::move(*target),
       std::move(*allowed),
       text_in(json, "rule"),
       {flag_in(json, "needs_root"), flag_in(json, "irreversible"), flag_in(json, "needs_person")},
       flag_in(json, "gives_back")},
      text_in(json, "place")};
}

SavedOrigin origin_of(const Json& json) {
  return {text_in(json, "file"),   text_in(json, "folder"), text_in(json, "source"),
          text_in(json, "branch"), text_in(json, "path"),   text_in(json, "name"),
          text_in(json, "commit"), text_in(json, "trust"),  texts_in(json, "sources"),
          flag_in(json, "signed")};
}

dsl::Diagnostic unusable(const std::string& file, const char* why) {
  return dsl::problem("P0001", fmt::format("{} is no plan to apply: {}", file, why),
                      "`gopol plan --out FILE` saves one");
}

}  // namespace

std::string to_text(const SavedPlan& plan) {
  const SavedOrigin& from = plan.origin;
  Json out{{"gopol", "plan"},
           {"schema", schema},
           {"version", plan.version},
           {"at", plan.at},
           {"machine", plan.machine},
           {"policy",
            {{"name", from.name},
             {"commit", from.commit},
             {"trust", from.trust},
             {"file", from.file},
             {"folder", from.folder},
             {"source", from.source},
             {"branch", from.branch},
             {"path", from.path},
             {"sources", from.sources},
             {"signed", from.is_signed},
             {"sha256", plan.policy}}},
           {"facts", plan.facts},
           {"ledger", plan.ledger},
           {"knowledge", plan.knowledge},
           {"items", Json::array()}};
  for (const SavedItem& item : plan.items) out["items"].push_back(json_of(item));
  if (!plan.afterwards.empty()) out["afterwards"] = plan.afterwards;
  // Text that is no UTF-8 is replaced when it is printed: the hash is of what is printed.
  out = parsed(dumped(out));
  out["sha256"] = engine::sha256(dumped(out));
  return dumped(out) + "\n";
}

dsl::Result<SavedPlan> parse_saved_plan(std::string_view text, const std::string& file) {
  auto read = engine::detail::parse_json(text);
  if (!read) return unusable(file, "it is cut off, or was changed");
  Json& json = *read;
  if (text_in(json, "gopol") != "plan") return unusable(file, "it is other JSON");
  if (member(json, "schema") != schema) return unusable(file, "another version of gopol saved it");
  const std::string hash = text_in(json, "sha256");
  json.erase("sha256");
  if (engine::sha256(dumped(json)) != hash)
    return unusable(file, "it was changed after it was saved");
  const Json policy = member(json, "policy"), items = member(json, "items");
  if (!items.is_array()) return unusable(file, "it has no items");
  SavedPlan out;
  out.version = text_in(json, "version");
  out.machine = text_in(json, "machine");
  out.at = text_in(json, "at");
  out.origin = origin_of(policy);
  out.policy = text_in(policy, "sha256");
  out.facts = text_in(json, "facts");
  out.ledger = text_in(json, "ledger");
  out.knowledge = text_in(json, "knowledge");
  for (const Json& one : member(json, "afterwards")) {
    if (one.is_string()) out.afterwards.push_back(one.get<std::string>());
  }
  for (const Json& item : items) {
    auto saved = item_of(item);
    if (!saved) return unusable(file, "one of its items cannot be read");
    out.items.push_back(std::move(*saved));
  }
  return out;
}

}  // namespace gopol::cli
