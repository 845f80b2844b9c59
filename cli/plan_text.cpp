#include "cli/plan_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "cli/plan_lines.h"

namespace gopol::cli {
namespace {

using engine::Cause;
using engine::Item;
using engine::ItemState;
using engine::Plan;

std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  }));
}

std::string padded(std::string text, std::size_t to) {
  const std::size_t have = width(text);
  if (have < to) text.append(to - have, ' ');
  return text;
}

/// Columns are aligned up to a width that a terminal can show; a longer cell pushes its own line
/// only.
void append_lines(std::string& out, const std::vector<Line>& lines, const Terminal& terminal) {
  constexpr std::size_t widest_name = 44, widest_change = 52, widest_cause = 22;
  std::size_t name = 0, change = 0, cause = 0, rule = 0;
  for (const Line& line : lines) {
    name = std::max(name, std::min(widest_name, width(line.name)));
    change = std::max(change, std::min(widest_change, width(line.change)));
    cause = std::max(cause, std::min(widest_cause, width(line.cause)));
    rule = std::max(rule, std::min(widest_name, width(line.rule)));
  }
  for (const Line& line : lines) {
    out += fmt::format(" {} {}  {}  {}  {}  {}\n", terminal.paint(line.mark, line.colour),
                       padded(line.name, name), padded(line.change, change),
                       padded(line.cause, cause), padded(line.rule, rule), line.place);
    for (const std::string& text : line.below) out += fmt::format("     {}\n", text);
  }
}

struct Counts {
  std::size_t ok = 0, change = 0, finding = 0, waived = 0, unknown = 0;
  std::size_t fresh = 0, policy = 0, drift = 0, root = 0, irreversible = 0, deleted = 0;
};

bool deletes(const Item& item) {
  const auto* exists = item.target.as<bool>();
  return item.slot.attribute == "exists" && exists != nullptr && !*exists;
}

Counts count(const Plan& plan) {
  Counts out;
  for (const Item& item : plan.items) {
    switch (item.state) {
      case ItemState::ok: ++out.ok; break;
      case ItemState::finding: ++out.finding; break;
      case ItemState::waived: ++out.waived; break;
      case ItemState::unknown: ++out.unknown; break;
      case ItemState::change:
        ++out.change;
        ++(item.cause == Cause::fresh    ? out.fresh
           : item.cause == Cause::policy ? out.policy
                                         : out.drift);
        if (item.needs_root) ++out.root;
        if (item.irreversible) ++out.irreversible;
        if (deletes(item)) ++out.deleted;
        break;
    }
  }
  for (const engine::ClaimOutcome& claim : plan.claims) {
    if (claim.state == engine::ClaimState::refuted) ++out.finding;
    if (claim.state == engine::ClaimState::unknown) ++out.unknown;
  }
  return out;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  return fmt::format("{}", fmt::join(parts, between));
}

void add(std::vector<std::string>& parts, std::size_t count, std::string_view words) {
  if (count > 0) parts.push_back(fmt::format("{} {}", count, words));
}

std::string header(const PlanView& view, const Terminal& terminal) {
  const Counts counts = count(view.plan);
  std::string left = view.origin.name;
  if (!view.origin.commit.empty()) left += " @ " + view.origin.commit.substr(0, 7);
  if (!view.origin.trust.empty()) left += "  " + view.origin.trust;
  if (!view.origin.age.empty()) left += ", " + view.origin.age;
  std::vector<std::string> parts{fmt::format("{} ok", counts.ok)};
  add(parts, counts.change, "change");
  add(parts, counts.finding, "warning");
  add(parts, counts.waived, "waived");
  add(parts, counts.unknown, "unknown");
  return fmt::format("{}  {}\n", padded(left, 66),
                     joined(parts, fmt::format(" {} ", terminal.dot())));
}

}  // namespace

std::string summary_line(const Plan& plan, const Terminal& terminal) {
  const Counts counts = count(plan);
  if (counts.change == 0) {
    const bool open = counts.unknown + counts.finding > 0;
    return open ? "nothing to change\n" : "converged: nothing to change\n";
  }
  std::vector<std::string> causes, parts;
  add(causes, counts.fresh, "new");
  add(causes, counts.policy, "policy");
  add(causes, counts.drift, "drift");
  parts.push_back(fmt::format("{} change{}: {}", counts.change, counts.change == 1 ? "" : "s",
                              joined(causes, ", ")));
  if (counts.root > 0)
    parts.push_back(fmt::format("{} need{} sudo", counts.root, counts.root == 1 ? "s" : ""));
  add(parts, counts.irreversible, "irreversible");
  parts.push_back(counts.deleted == 0 ? "nothing is deleted"
                                      : fmt::format("{} deleted", counts.deleted));
  return joined(parts, fmt::format(" {} ", terminal.dot())) + "\n";
}

std::string plan_text(const PlanView& view, const Terminal& terminal) {
  std::string out = header(view, terminal);
  std::vector<Line> lines;
  for (const Item& item : view.plan.items) {
    const bool shown = view.verbose || item.state != ItemState::ok || !item.findings.empty();
    if (shown) lines.push_back(line_of(item, view, terminal));
  }
  for (Line& line : claim_lines(view)) lines.push_back(std::move(line));
  append_lines(out, lines, terminal);
  return out + summary_line(view.plan, terminal);
}

}  // namespace gopol::cli
