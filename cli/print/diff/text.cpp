#include <fmt/format.h>

#include "cli/print/diff/report.h"
#include "engine/plan/interpolation.h"

namespace gopol::cli {
namespace {

using engine::RuleChange;

const char* mark(const RuleChange& change) {
  switch (change.kind) {
    case RuleChange::Kind::added: return "+";
    case RuleChange::Kind::removed: return "-";
    default: return "~";
  }
}

const char* colour(std::string_view word) {
  if (word == "weaker" || word == "removed") return "31";
  if (word == "stronger" || word == "new") return "32";
  return word == "changed" ? "33" : "36";
}

/// `1.22.1 → 1.22.2`, or the one side that is there.
std::string movement(const engine::Difference& one, const Terminal& terminal) {
  const std::string from = presentable(one.from, 100), to = presentable(one.to, 100);
  if (one.from.empty()) return to;
  if (one.to.empty()) return fmt::format("{} {} nothing", from, terminal.arrow());
  return fmt::format("{} {} {}", from, terminal.arrow(), to);
}

std::string rule_text(const RuleChange& change, const DiffReport& report,
                      const Terminal& terminal) {
  const std::string_view kind = word(change);
  std::string out =
      fmt::format(" {} {}  {}  {}\n", terminal.paint(mark(change), colour(kind)), change.name,
                  terminal.paint(kind, colour(kind)), place_of(change.place, report.sources));
  if (!change.was.empty()) out += fmt::format("     was called {}\n", change.was);
  for (const engine::Difference& one : change.differences)
    out += fmt::format("     {}: {}\n", one.what, movement(one, terminal));
  return out;
}

std::string group_text(const engine::FleetGroup& group, const Terminal& terminal) {
  std::string out = fmt::format("   {}", named_machines(group));
  const auto remarks = remarks_of(group);
  if (!remarks.empty()) out += fmt::format(" {} {}", terminal.dot(), fmt::join(remarks, ", "));
  out += "\n";
  for (const engine::SlotChange& one : group.changes) {
    out += fmt::format("     {}: {} {} {}\n", engine::as_written(dsl::to_text(one.slot)),
                       text_of(one.was), terminal.arrow(), text_of(one.is));
  }
  return out;
}

}  // namespace

std::string diff_text(const DiffReport& report, const Terminal& terminal) {
  std::string out = fmt::format("{} {} {}\n", report.was, terminal.arrow(), report.is);
  for (const RuleChange& change : report.rules) out += rule_text(change, report, terminal);
  out += summary_of(report.rules) + "\n";
  if (!report.fleet) return out;
  out += "\n";
  for (const std::string& line : fleet_lines(report)) out += line + "\n";
  for (const std::string& file : report.unreadable)
    out += fmt::format("not a snapshot of facts: {}\n", file);
  for (const engine::FleetGroup& group : report.fleet->groups) out += group_text(group, terminal);
  return out;
}

}  // namespace gopol::cli
