#include <fmt/format.h>

#include "cli/print/diff/report.h"
#include "engine/plan/interpolation.h"

namespace gopol::cli {
namespace {

using engine::RuleChange;

constexpr std::size_t most = 60'000;         // characters of one comment
constexpr std::size_t reserved = 2'000;      // for what says how much was left out
constexpr std::size_t rules_share = 30'000;  // of the rules' table, when there is a fleet

/// A text inside of a table's cell and of a code span.
std::string code(std::string_view text) {
  std::string out;
  for (const char c : presentable(text, 100)) {
    if (c == '|') out += '\\';
    out += c == '`' ? '\'' : c;
  }
  return out.empty() ? "" : "`" + out + "`";
}

std::string difference_text(const engine::Difference& one) {
  using engine::Aspect;
  std::string out = one.aspect == Aspect::slot ? code(one.what) : one.what;
  if (one.aspect == Aspect::text) return out;
  if (one.from.empty())
    return fmt::format("{} {}", out, one.aspect == Aspect::scope ? one.to : code(one.to));
  return fmt::format("{} {} → {}", out, code(one.from), one.to.empty() ? "nothing" : code(one.to));
}

std::string symbol(std::string_view word) {
  if (word == "weaker" || word == "removed") return "🔻";
  if (word == "stronger" || word == "new") return "🔺";
  return word == "changed" ? "🔸" : "▫️";
}

std::string rule_row(const RuleChange& change, const DiffReport& report) {
  std::vector<std::string> parts;
  if (!change.was.empty()) parts.push_back("was " + code(change.was.text()));
  for (const engine::Difference& one : change.differences) parts.push_back(difference_text(one));
  const std::string_view kind = word(change);
  return fmt::format("| {} {} | {} | {} | {} |\n", symbol(kind), kind, code(change.name.text()),
                     fmt::join(parts, "<br>"), code(place_of(change.place, report.sources)));
}

std::string group_block(const engine::FleetGroup& group) {
  std::string out = fmt::format("<details><summary><b>{}</b>", machines(group.machines));
  const auto remarks = remarks_of(group);
  if (!remarks.empty()) out += fmt::format(" · {}", fmt::join(remarks, " · "));
  out += fmt::format(" · {} slot{}</summary>\n\n| slot | before | after |\n|---|---|---|\n",
                     group.changes.size(), group.changes.size() == 1 ? "" : "s");
  for (const engine::SlotChange& one : group.changes) {
    out += fmt::format("| {} | {} | {} |\n", code(engine::as_written(dsl::to_text(one.slot))),
                       code(text_of(one.was)), code(text_of(one.is)));
  }
  if (!group.examples.empty())
    out += fmt::format("\nSuch as {}.\n", code(fmt::format("{}", fmt::join(group.examples, ", "))));
  return out + "\n</details>\n\n";
}

/// The same in one line, where the whole has no room.
std::string group_line(const engine::FleetGroup& group) {
  std::string out = fmt::format("- {}: {} slots", machines(group.machines), group.changes.size());
  const auto remarks = remarks_of(group);
  if (!remarks.empty()) out += fmt::format(", {}", fmt::join(remarks, ", "));
  return out + "\n";
}

void add_rules(const DiffReport& report, std::string& out) {
  if (report.rules.empty()) return;
  out += "| | rule | what differs | where |\n|---|---|---|---|\n";
  const std::size_t limit = report.fleet ? rules_share : most - reserved;
  std::size_t shown = 0;
  for (const RuleChange& change : report.rules) {
    const std::string row = rule_row(change, report);
    if (out.size() + row.size() > limit) break;
    out += row;
    ++shown;
  }
  if (shown < report.rules.size())
    out += fmt::format("\n…and {} more rules: run `gopol diff` to see them.\n",
                       report.rules.size() - shown);
  out += "\n";
}

void add_fleet(const DiffReport& report, std::string& out) {
  out += "### Fleet\n\n";
  for (const std::string& line : fleet_lines(report)) out += line + "  \n";
  if (!report.unreadable.empty())
    out += fmt::format("{} files are no snapshots of facts  \n", report.unreadable.size());
  out += "\n";
  std::size_t left_out = 0, machines_left_out = 0;
  for (const engine::FleetGroup& group : report.fleet->groups) {
    std::string block = group_block(group);
    if (out.size() + block.size() > most - reserved - 10'000) block = group_line(group);
    if (out.size() + block.size() <= most - reserved) {
      out += block;
      continue;
    }
    ++left_out;
    machines_left_out += group.machines;
  }
  if (left_out > 0)
    out += fmt::format("\n…and {} more groups with {}.\n", left_out, machines(machines_left_out));
}

}  // namespace

std::string diff_markdown(const DiffReport& report) {
  std::string out = fmt::format("## Policy change: {}\n\n{} → {}\n\n", summary_of(report.rules),
                                code(report.was), code(report.is));
  add_rules(report, out);
  if (report.fleet) add_fleet(report, out);
  return out;
}

}  // namespace gopol::cli
