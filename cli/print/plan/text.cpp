#include "cli/print/plan/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/print/plan/afterwards.h"
#include "cli/print/plan/lines.h"
#include "dsl/value/display_width.h"
#include "engine/plan/plan_report.h"

namespace gopol::cli {
namespace {

using engine::Item;
using engine::ItemState;
using engine::Plan;

std::string padded(std::string text, std::size_t to) {
  const std::size_t have = dsl::display_width(text);
  if (have < to) text.append(to - have, ' ');
  return text;
}

/// Columns are aligned up to a width that a terminal can show; a longer cell pushes its own line
/// only. Of a very long plan so many lines are aligned together, and none is kept.
class Table {
 public:
  explicit Table(const Terminal& terminal) : terminal_(terminal) {}

  void add(Line line, std::string& out) {
    lines_.push_back(std::move(line));
    if (lines_.size() == most_together) print(out);
  }

  void print(std::string& out) {
    for (const Line& line : lines_) {
      widen(name_, line.name, widest_name);
      widen(change_, line.change, widest_change);
      widen(cause_, line.cause, widest_cause);
      widen(rule_, line.rule, widest_name);
    }
    for (const Line& line : lines_) {
      out.append(" ").append(terminal_.paint(line.mark, line.colour)).append(" ");
      append(line.name, name_, out);
      append(line.change, change_, out);
      append(line.cause, cause_, out);
      append(line.rule, rule_, out);
      out.append(line.place).append("\n");
      for (const std::string& text : line.below) out.append("     ").append(text).append("\n");
    }
    lines_.clear();
  }

 private:
  static constexpr std::size_t widest_name = 44, widest_change = 52, widest_cause = 22,
                               most_together = 1000;

  static void widen(std::size_t& column, std::string_view text, std::size_t widest) {
    column = std::max(column, std::min(widest, dsl::display_width(text)));
  }

  /// A cell, and the two blanks behind it.
  static void append(std::string_view cell, std::size_t column, std::string& out) {
    const std::size_t have = dsl::display_width(cell);
    out.append(cell).append((have < column ? column - have : 0) + 2, ' ');
  }

  const Terminal& terminal_;
  std::vector<Line> lines_;
  std::size_t name_ = 0, change_ = 0, cause_ = 0, rule_ = 0;
};

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  return fmt::format("{}", fmt::join(parts, between));
}

void add(std::vector<std::string>& parts, std::size_t count, std::string_view words) {
  if (count > 0) parts.push_back(fmt::format("{} {}", count, words));
}

void append_untold(const Plan& plan, std::string& out) {
  for (const std::string& line : untold_lines(plan)) out.append(" ? ").append(line).append("\n");
}

std::string header(const PlanView& view, const Terminal& terminal) {
  const engine::PlanReport counts = engine::report_of(view.plan);
  std::string left = view.origin.name;
  if (!view.origin.commit.empty()) left += " @ " + view.origin.commit.substr(0, 7);
  if (!view.origin.trust.empty()) left += "  " + view.origin.trust;
  if (!view.origin.age.empty()) left += ", " + view.origin.age;
  std::vector<std::string> parts{fmt::format("{} ok", counts.ok)};
  add(parts, counts.change, "change");
  add(parts, counts.by_hand, "by hand");
  add(parts, counts.conflict, "conflict");
  add(parts, counts.failed, "failed");
  add(parts, counts.defeated, "defeated");
  add(parts, counts.blocked, "blocked");
  add(parts, counts.warning, "warning");
  add(parts, counts.waived, "waived");
  add(parts, counts.unknown, "unknown");
  add(parts, counts.held, "held");
  add(parts, counts.kept, "kept");
  return fmt::format("{}  {}\n", padded(left, 66),
                     joined(parts, fmt::format(" {} ", terminal.dot())));
}

}  // namespace

std::string summary_line(const Plan& plan, const Terminal& terminal) {
  const engine::PlanReport counts = engine::report_of(plan);
  if (counts.change == 0) {
    if (counts.by_hand > 0)
      return fmt::format("nothing that gopol may change {} {} by hand\n", terminal.dot(),
                         counts.by_hand);
    return counts.is_clean() ? "converged: nothing to change\n" : "nothing to change\n";
  }
  std::vector<std::string> causes, parts;
  add(causes, counts.fresh, "new");
  add(causes, counts.policy, "policy");
  add(causes, counts.drift, "drift");
  add(causes, counts.given_back, "given back");
  parts.push_back(fmt::format("{} change{}: {}", counts.change, counts.change == 1 ? "" : "s",
                              joined(causes, ", ")));
  if (counts.needs_root > 0)
    parts.push_back(
        fmt::format("{} need{} sudo", counts.needs_root, counts.needs_root == 1 ? "s" : ""));
  add(parts, counts.irreversible, "irreversible");
  add(parts, counts.by_hand, "by hand");
  parts.push_back(counts.deleted == 0 ? "nothing is deleted"
                                      : fmt::format("{} deleted", counts.deleted));
  return joined(parts, fmt::format(" {} ", terminal.dot())) + "\n";
}

std::string out_of_force_text(const PlanView& view, const Terminal& terminal) {
  std::string out;
  Table table(terminal);
  for (const Item& item : view.plan.items) {
    if (item.state == ItemState::defeated || !item.out_of_force.defeated.empty())
      table.add(line_of(item, view, terminal), out);
  }
  table.print(out);
  append_untold(view.plan, out);
  return out;
}

PlanView plan_view(const engine::Plan& plan, const LoadedPolicy& loaded,
                   const Workspace& workspace) {
  const auto now = workspace.host->system().now().time_since_epoch();
  return {plan,
          loaded.policy,
          workspace.sources,
          loaded.origin,
          std::chrono::duration_cast<std::chrono::seconds>(now).count(),
          false,
          nullptr,
          {}};
}

std::string plan_text(const PlanView& view, const Terminal& terminal) {
  constexpr std::size_t long_line = 160;
  std::string out = header(view, terminal);
  out.reserve(out.size() + view.plan.items.size() * long_line);  // never copied while it grows
  Table table(terminal);
  for (const Item& item : view.plan.items) {
    const bool shown = view.verbose || item.state != ItemState::ok || !item.findings.empty();
    if (shown) table.add(line_of(item, view, terminal), out);
  }
  for (Line& line : claim_lines(view)) table.add(std::move(line), out);
  table.print(out);
  append_untold(view.plan, out);
  if (view.afterwards != nullptr) out += afterwards_text(*view.afterwards, terminal);
  out += summary_line(view.plan, terminal);
  return out;
}

}  // namespace gopol::cli
