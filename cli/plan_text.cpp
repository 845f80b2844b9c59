#include "cli/plan_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace gopol::cli {
namespace {

using engine::Cause;
using engine::Item;
using engine::ItemState;
using engine::Plan;

std::string age(std::int64_t seconds) {
  if (seconds < 120) return "just now";
  if (seconds < 7200) return fmt::format("{}m", seconds / 60);
  if (seconds < 172800) return fmt::format("{}h", seconds / 3600);
  return fmt::format("{}d", seconds / 86400);
}

std::string cause_text(const Item& item, std::int64_t now) {
  switch (item.cause) {
    case Cause::fresh: return "new";
    case Cause::policy: return "policy";
    case Cause::drift: return "drift " + age(now - item.held_at);
  }
  return "new";
}

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

std::string quoted_if_text(const dsl::Value& value) { return presentable(dsl::to_text(value)); }

const std::vector<std::string>* items_of(const dsl::Value& value) {
  if (const auto* list = value.as<dsl::List>()) return &list->items;
  const auto* set = value.as<dsl::Set>();
  return set != nullptr ? &set->items : nullptr;
}

/// The elements of `a` that `b` does not have, each once.
std::vector<std::string> without(const std::vector<std::string>& a,
                                 const std::vector<std::string>& b) {
  std::unordered_set<std::string_view> seen(b.begin(), b.end());
  std::vector<std::string> out;
  for (const std::string& item : a) {
    if (seen.insert(item).second) out.push_back(item);
  }
  return out;
}

/// What comes and goes in a long list; empty if the two are short enough to be shown whole.
std::string list_difference(const dsl::Value& from, const dsl::Value& to) {
  constexpr std::size_t short_list = 4;
  const auto* before = items_of(from);
  const auto* after = items_of(to);
  if (before == nullptr || after == nullptr || before->size() <= short_list) return {};
  const auto added = without(*after, *before), removed = without(*before, *after);
  if (added.empty() && removed.empty()) return {};
  std::vector<std::string> parts;
  if (!added.empty())
    parts.push_back(presentable(fmt::format("adds [{}]", fmt::join(added, ", "))));
  if (!removed.empty())
    parts.push_back(presentable(fmt::format("removes [{}]", fmt::join(removed, ", "))));
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// `1.21.9 → 1.22.2`; of a long list what comes and goes.
std::string difference(const Item& item, const Terminal& terminal) {
  if (auto lists = list_difference(item.current, item.target); !lists.empty()) return lists;
  const std::string from = quoted_if_text(item.current);
  std::string to = item.target.is_unknown() ? presentable(dsl::to_text(item.allowed))
                                            : quoted_if_text(item.target);
  if (item.target.is_absent()) to = "unset";
  return fmt::format("{} {} {}", from, terminal.arrow(), to);
}

std::string place_of(const Item& item, const dsl::SourceMap& sources) {
  const auto at = sources.locate(item.place.source, item.place.begin);
  return fmt::format("{}:{}", sources.name(item.place.source), at.line);
}

/// The columns of one line of the plan.
struct Line {
  std::string mark, name, change, cause, rule, place;
  const char* colour = "0";
  std::vector<std::string> below;
};

std::string slot_name(const Item& item, const dsl::Policy& policy) {
  return item.slot.family.empty() ? "rule " + policy.rules[item.rule].name
                                  : dsl::to_text(item.slot);
}

Line line_of(const Item& item, const PlanView& view, const Terminal& terminal) {
  Line line;
  line.name = slot_name(item, view.policy);
  line.rule = view.policy.rules[item.rule].name;
  line.place = place_of(item, view.sources);
  switch (item.state) {
    case ItemState::ok:
      line.mark = "=";
      line.change = quoted_if_text(item.current);
      break;
    case ItemState::change:
      line.mark = "~";
      line.colour = "33";
      line.change = difference(item, terminal);
      line.cause = cause_text(item, view.now);
      if (item.needs_root) line.cause += fmt::format(" {} sudo", terminal.dot());
      if (item.irreversible) line.cause += fmt::format(" {} irreversible", terminal.dot());
      if (!item.note.empty()) line.below.push_back(item.note);
      break;
    case ItemState::finding:
      line.mark = "!";
      line.colour = "35";
      line.change = fmt::format("{}, wanted {}", quoted_if_text(item.current),
                                presentable(dsl::to_text(item.allowed)));
      line.cause = "warn";
      break;
    case ItemState::unknown:
      line.mark = "?";
      line.colour = "36";
      line.change = "unknown: " + presentable(item.reason, 200);
      if (!item.remedy.empty()) line.below.push_back(item.remedy);
      break;
  }
  for (const std::string& finding : item.findings) line.below.push_back(presentable(finding, 200));
  return line;
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
  std::size_t ok = 0, change = 0, finding = 0, unknown = 0;
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
  std::vector<std::string> parts{fmt::format("{} ok", counts.ok)};
  add(parts, counts.change, "change");
  add(parts, counts.finding, "warning");
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
  append_lines(out, lines, terminal);
  return out + summary_line(view.plan, terminal);
}

}  // namespace gopol::cli
