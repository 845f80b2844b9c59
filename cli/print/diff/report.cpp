#include "cli/print/diff/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gopol::cli {

using engine::Direction;
using engine::RuleChange;
using engine::SlotEffect;

std::string_view word(const RuleChange& change) {
  switch (change.kind) {
    case RuleChange::Kind::added: return "new";
    case RuleChange::Kind::removed: return "removed";
    case RuleChange::Kind::renamed:
    case RuleChange::Kind::changed: break;
  }
  switch (engine::direction_of(change)) {
    case Direction::weaker: return "weaker";
    case Direction::stronger: return "stronger";
    case Direction::other: return "changed";
    case Direction::none: break;
  }
  return change.kind == RuleChange::Kind::renamed ? "renamed" : "same effect";
}

std::string place_of(dsl::SourceSpan span, const dsl::SourceMap& sources) {
  return fmt::format("{}:{}", sources.name(span.source),
                     sources.locate(span.source, span.begin).line);
}

std::string summary_of(const std::vector<RuleChange>& rules) {
  if (rules.empty()) return "no rule differs";
  constexpr std::array<std::string_view, 7> words = {"new",     "removed", "weaker",     "stronger",
                                                     "changed", "renamed", "same effect"};
  std::vector<std::string> parts;
  for (const std::string_view each : words) {
    const auto count = std::count_if(rules.begin(), rules.end(),
                                     [&](const RuleChange& one) { return word(one) == each; });
    if (count > 0) parts.push_back(fmt::format("{} {}", count, each));
  }
  return fmt::format("{} rule{} differ{}: {}", rules.size(), rules.size() == 1 ? "" : "s",
                     rules.size() == 1 ? "s" : "", fmt::join(parts, ", "));
}

std::vector<std::string> remarks_of(const engine::FleetGroup& group) {
  std::size_t root = 0, irreversible = 0, conflicts = 0, unknown = 0;
  for (const engine::SlotChange& one : group.changes) {
    if (one.is.demands.needs_root) ++root;
    if (one.is.demands.irreversible) ++irreversible;
    if (one.is.effect == SlotEffect::conflict && one.was.effect != SlotEffect::conflict)
      ++conflicts;
    if (one.is.effect == SlotEffect::unknown && one.was.effect != SlotEffect::unknown) ++unknown;
  }
  std::vector<std::string> out;
  if (conflicts > 0)
    out.push_back(fmt::format("{} conflict{}", conflicts, conflicts == 1 ? "" : "s"));
  if (root > 0) out.push_back(fmt::format("{} need{} sudo", root, root == 1 ? "s" : ""));
  if (irreversible > 0) out.push_back(fmt::format("{} irreversible", irreversible));
  if (unknown > 0)
    out.push_back(fmt::format("{} become{} unknown", unknown, unknown == 1 ? "s" : ""));
  return out;
}

std::string text_of(const engine::SlotOutcome& outcome) {
  const std::string wanted = presentable(outcome.wanted, 100);
  switch (outcome.effect) {
    case SlotEffect::conflict: return "conflict: rules disagree";
    case SlotEffect::unknown: return "unknown";
    case SlotEffect::change: return fmt::format("change to {}", wanted);
    case SlotEffect::finding: return fmt::format("warning, wanted {}", wanted);
    case SlotEffect::waived: return "waived";
    case SlotEffect::ok: return "ok";
    case SlotEffect::none: return "not managed";
  }
  return "unknown";
}

std::string machines(std::size_t count) {
  return fmt::format("{} machine{}", count, count == 1 ? "" : "s");
}

std::string named_machines(const engine::FleetGroup& group) {
  std::string out = machines(group.machines);
  if (group.examples.empty()) return out;
  out += fmt::format(" ({}", fmt::join(group.examples, ", "));
  return out + (group.machines > group.examples.size() ? ", ...)" : ")");
}

std::vector<std::string> fleet_lines(const DiffReport& report) {
  const engine::FleetReport& fleet = *report.fleet;
  std::size_t touched = 0;
  for (const engine::FleetGroup& group : fleet.groups) touched += group.machines;
  std::vector<std::string> out{
      fmt::format("{} of {} would see a difference", touched, machines(fleet.machines))};
  if (!fleet.oldest.empty()) {
    const std::string first = fleet.oldest.substr(0, 10), last = fleet.newest.substr(0, 10);
    out.push_back(first == last ? fmt::format("facts recorded {}", first)
                                : fmt::format("facts recorded {} to {}", first, last));
  }
  if (fleet.undated > 0)
    out.push_back(fmt::format("{} without a date: how old the facts are is unknown",
                              machines(fleet.undated)));
  return out;
}

}  // namespace gopol::cli
