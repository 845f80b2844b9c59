#include <nlohmann/json.hpp>

#include "cli/print/diff/report.h"
#include "engine/plan/interpolation.h"

namespace gopol::cli {
namespace {

using engine::Direction;
using Json = nlohmann::ordered_json;

std::string_view name_of(Direction direction) {
  switch (direction) {
    case Direction::none: return "none";
    case Direction::stronger: return "stronger";
    case Direction::weaker: return "weaker";
    case Direction::other: return "other";
  }
  return "other";
}

Json rule_json(const engine::RuleChange& change, const dsl::SourceMap& sources) {
  Json out = {{"rule", change.name.text()},
              {"change", word(change)},
              {"enforced", change.enforced},
              {"place", place_of(change.place, sources)}};
  if (!change.was.empty()) out["was"] = change.was.text();
  out["differences"] = Json::array();
  for (const engine::Difference& one : change.differences) {
    out["differences"].push_back({{"what", one.what},
                                  {"from", one.from},
                                  {"to", one.to},
                                  {"direction", name_of(one.direction)}});
  }
  return out;
}

std::string_view name_of(engine::SlotEffect effect) {
  switch (effect) {
    case engine::SlotEffect::conflict: return "conflict";
    case engine::SlotEffect::unknown: return "unknown";
    case engine::SlotEffect::change: return "change";
    case engine::SlotEffect::finding: return "warning";
    case engine::SlotEffect::waived: return "waived";
    case engine::SlotEffect::ok: return "ok";
    case engine::SlotEffect::none: return "none";
  }
  return "none";
}

Json outcome_json(const engine::SlotOutcome& outcome) {
  return {{"effect", name_of(outcome.effect)},
          {"wanted", outcome.wanted},
          {"needs_root", outcome.demands.needs_root},
          {"irreversible", outcome.demands.irreversible}};
}

Json group_json(const engine::FleetGroup& group) {
  Json out = {
      {"machines", group.machines}, {"examples", group.examples}, {"changes", Json::array()}};
  for (const engine::SlotChange& one : group.changes) {
    out["changes"].push_back({{"slot", engine::as_written(dsl::to_text(one.slot))},
                              {"was", outcome_json(one.was)},
                              {"is", outcome_json(one.is)}});
  }
  return out;
}

}  // namespace

std::string diff_json(const DiffReport& report) {
  Json out = {{"schema", 1}, {"was", report.was}, {"is", report.is}, {"rules", Json::array()}};
  for (const engine::RuleChange& change : report.rules)
    out["rules"].push_back(rule_json(change, report.sources));
  if (report.fleet) {
    const engine::FleetReport& fleet = *report.fleet;
    Json& json = out["fleet"] = {{"machines", fleet.machines},      {"oldest", fleet.oldest},
                                 {"newest", fleet.newest},          {"undated", fleet.undated},
                                 {"unreadable", report.unreadable}, {"groups", Json::array()}};
    for (const engine::FleetGroup& group : fleet.groups)
      json["groups"].push_back(group_json(group));
  }
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gopol::cli
