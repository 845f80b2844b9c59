#include "cli/plan_json.h"

#include <nlohmann/json.hpp>

#include "engine/value_json.h"

namespace gopol::cli {
namespace {

using engine::Cause;
using engine::Item;
using engine::ItemState;
using Json = nlohmann::ordered_json;

std::string_view word(ItemState state) {
  switch (state) {
    case ItemState::ok: return "ok";
    case ItemState::change: return "change";
    case ItemState::finding: return "warning";
    case ItemState::unknown: return "unknown";
  }
  return "ok";
}

std::string_view word(Cause cause) {
  switch (cause) {
    case Cause::fresh: return "new";
    case Cause::policy: return "policy";
    case Cause::drift: return "drift";
  }
  return "new";
}

Json value_json(const dsl::Value& value) {
  return Json::parse(engine::to_json(value), nullptr, false);
}

Json item_json(const Item& item, const PlanView& view) {
  const auto& rule = view.policy.rules[item.rule];
  const auto at = view.sources.locate(item.place.source, item.place.begin);
  Json out = {{"state", word(item.state)},
              {"slot", dsl::to_text(item.slot)},
              {"current", value_json(item.current)}};
  if (!item.origin.empty()) out["origin"] = item.origin;
  out["wanted"] = dsl::to_text(item.allowed);
  if (item.state == ItemState::change) {
    out["target"] = value_json(item.target);
    out["cause"] = word(item.cause);
    if (item.held_at != 0) out["held_at"] = item.held_at;
    out["needs_root"] = item.needs_root;
    out["irreversible"] = item.irreversible;
    if (!item.note.empty()) out["note"] = item.note;
  }
  if (item.state == ItemState::unknown) {
    out["reason"] = item.reason;
    if (!item.remedy.empty()) out["remedy"] = item.remedy;
  }
  if (!item.findings.empty()) out["findings"] = item.findings;
  out["rule"] = rule.name;
  out["because"] = rule.because;
  out["file"] = view.sources.name(item.place.source);
  out["line"] = at.line;
  return out;
}

}  // namespace

std::string plan_json(const PlanView& view) {
  Json out = {{"schema", 1}};
  out["policy"] = {
      {"name", view.origin.name}, {"commit", view.origin.commit}, {"trust", view.origin.trust}};
  out["items"] = Json::array();
  Json summary = {{"ok", 0}, {"change", 0}, {"warning", 0}, {"unknown", 0}};
  for (const Item& item : view.plan.items) {
    out["items"].push_back(item_json(item, view));
    Json& count = summary[std::string(word(item.state))];
    count = count.get<int>() + 1;
  }
  out["summary"] = summary;
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gopol::cli
