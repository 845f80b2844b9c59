#include "cli/print/plan/lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "engine/plan/disclosure.h"
#include "engine/plan/plan_report.h"

namespace gopol::cli {
namespace {

using engine::Cause;
using engine::Item;
using engine::ItemState;
using engine::OutOfForce;

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
    case Cause::given_back: return "gives back";
  }
  return "new";
}

std::string quoted_if_text(const dsl::Value& value) { return presentable(dsl::to_text(value)); }

std::string current_text(const Item& item) { return quoted_if_text(engine::shown_current(item)); }

std::string allowed_text(const Item& item) {
  return presentable(dsl::to_text(engine::shown_wanted(item)));
}

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

/// What comes and goes in a long list, or one that is not to be shown; empty if the two are short
/// enough to be shown whole.
std::string list_difference(const Item& item) {
  const bool is_private = engine::is_private(item.slot);
  if (is_private && item.rule == engine::no_rule) return {};  // no policy names what comes back
  const std::size_t short_list = is_private ? 0 : 4;
  const dsl::Value &from = item.current, &to = item.target;
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
  if (auto lists = list_difference(item); !lists.empty()) return lists;
  const std::string from = current_text(item);
  std::string to =
      item.target.is_unknown() ? allowed_text(item) : quoted_if_text(engine::shown_target(item));
  if (item.target.is_absent()) to = "unset";
  // What differs between them is not shown, but that they differ is.
  const std::string_view note = from == to ? " (another secret)" : "";
  return fmt::format("{} {} {}{}", from, terminal.arrow(), to, note);
}

std::string place_of(const Item& item, const dsl::SourceMap& sources) {
  if (item.rule == engine::no_rule) return "no rule asks for it";
  const auto at = sources.locate(item.place.source, item.place.begin);
  return std::string(sources.name(item.place.source)).append(":").append(std::to_string(at.line));
}

std::string slot_name(const Item& item, const dsl::Policy& policy) {
  return item.slot.family.empty() ? "rule " + policy.rules[item.rule].name
                                  : dsl::to_text(item.slot);
}

/// `waived until 2026-12-31 (38 days)`
std::string waiver_text(const dsl::Waiver& waiver, std::int64_t now) {
  using namespace std::chrono;
  const year_month_day until{year{waiver.until.year},
                             month{static_cast<unsigned>(waiver.until.month)},
                             day{static_cast<unsigned>(waiver.until.day)}};
  const auto today = floor<days>(sys_seconds{seconds{now}});
  const auto left = (sys_days{until} - today).count();
  return fmt::format("waived until {} ({} day{})", dsl::to_text(dsl::Value(waiver.until)), left,
                     left == 1 ? "" : "s");
}

/// `taken back here; left alone until 2026-12-05, a newer policy, or an apply by a person`
std::string held_text(const Item& item) {
  const auto end =
      std::chrono::sys_seconds(std::chrono::seconds(item.held_at)) + engine::longest_hold;
  const auto day = std::chrono::floor<std::chrono::days>(end).time_since_epoch().count();
  return fmt::format(
      "taken back here: left alone until {}, a newer policy, or an apply by a person",
      dsl::to_text(dsl::Value(dsl::date_from_days(day))));
}

/// `defeated in terminals by FILE:LINE: there it is direct`
void add_elsewhere(const Item& item, const dsl::SharedList<engine::Elsewhere>& places,
                   std::string_view what, Line& line) {
  for (const engine::Elsewhere& one : places)
    line.below.push_back(
        presentable(fmt::format("{} {}", what, engine::elsewhere_text(item.slot, one)), 300));
}

/// Why an item is not written, with every place that has part in it.
void add_problems(const Item& item, const dsl::SourceMap& sources, Line& line) {
  const auto place = [&](const dsl::Label& label) {
    const auto at = sources.locate(label.span.source, label.span.begin);
    return fmt::format("{}:{}: {}", sources.name(label.span.source), at.line,
                       presentable(label.text, 200));
  };
  for (const dsl::Diagnostic& why : item.why) {
    line.below.push_back(presentable(why.message, 300));
    for (const dsl::Label& label : why.related) line.below.push_back(place(label));
    if (why.primary && !why.related.empty()) line.below.push_back(place(*why.primary));
  }
}

}  // namespace

Line line_of(const Item& item, const PlanView& view, const Terminal& terminal) {
  Line line;
  line.name = slot_name(item, view.policy);
  line.rule = engine::rule_name(item, view.policy);
  line.place = place_of(item, view.sources);
  const OutOfForce& force = item.out_of_force;
  switch (item.state) {
    case ItemState::ok:
      line.mark = "=";
      line.change = current_text(item);
      add_elsewhere(item, force.untold, "in force: unknown", line);
      break;
    case ItemState::change:
      line.mark = "~";
      line.colour = "33";
      line.change = difference(item, terminal);
      line.cause = cause_text(item, view.now);
      if (item.demands.needs_root) line.cause += fmt::format(" {} sudo", terminal.dot());
      if (item.demands.needs_person) line.cause += fmt::format(" {} by hand", terminal.dot());
      if (item.demands.irreversible) line.cause += fmt::format(" {} irreversible", terminal.dot());
      if (!item.note.empty()) line.below.push_back(item.note);
      add_elsewhere(item, force.defeated, "will be defeated", line);
      break;
    case ItemState::finding:
      line.mark = "!";
      line.colour = "35";
      line.change = force.defeated.empty()
                        ? fmt::format("{}, wanted {}", current_text(item), allowed_text(item))
                        : current_text(item);
      line.cause = "warn";
      add_elsewhere(item, force.defeated, "defeated", line);
      break;
    case ItemState::waived:
      line.mark = "!";
      line.colour = "35";
      line.change = waiver_text(*item.waiver, view.now);
      line.cause = "waived";
      line.below.push_back(presentable(item.waiver->because, 200));
      break;
    case ItemState::unknown:
      line.mark = "?";
      line.colour = "36";
      line.change = "unknown: " + presentable(item.reason, 200);
      if (!item.remedy.empty()) line.below.push_back(item.remedy);
      break;
    case ItemState::conflict:
    case ItemState::failed:
      line.mark = "x";
      line.colour = "31";
      line.change = engine::word(item.state);
      add_problems(item, view.sources, line);
      break;
    case ItemState::blocked:
      line.mark = "x";
      line.colour = "33";
      line.change = presentable(item.reason, 200);
      break;
    case ItemState::kept:
      line.mark = "=";
      line.change = current_text(item);
      line.cause = "kept";
      line.place = "";
      line.below.push_back(presentable(item.reason, 200));
      break;
    case ItemState::defeated:
      line.mark = "x";
      line.colour = "31";
      line.change = current_text(item);
      line.cause = "defeated";
      add_elsewhere(item, force.defeated, "defeated", line);
      break;
    case ItemState::held:
      line.mark = "!";
      line.colour = "35";
      line.change = fmt::format("{}, wanted {}", current_text(item), allowed_text(item));
      line.cause = fmt::format("held {}", age(view.now - item.held_at));
      line.below.push_back(held_text(item));
      break;
  }
  for (const std::string& finding : item.findings) line.below.push_back(presentable(finding, 200));
  return line;
}

std::vector<std::string> untold_lines(const engine::Plan& plan) {
  std::map<std::string, std::size_t> slots;  // by reason
  for (const Item& item : plan.items) {
    if (item.state != ItemState::ok) continue;
    std::set<std::string> reasons;
    for (const engine::Elsewhere& one : item.out_of_force.untold)
      reasons.insert(engine::elsewhere_text({}, one));
    for (const std::string& reason : reasons) ++slots[reason];
  }
  std::vector<std::string> out;
  for (const auto& [reason, count] : slots) {
    out.push_back(presentable(
        fmt::format("in force: unknown for {} slot{}, {}", count, count == 1 ? "" : "s", reason),
        300));
  }
  return out;
}

namespace {

std::string claim_name(const dsl::Claim& claim, const dsl::SourceMap& sources) {
  switch (claim.kind) {
    case dsl::Claim::Kind::assertion: return "assert " + claim.name;
    case dsl::Claim::Kind::assumption: return fmt::format("assume {}", sources.text(claim.span));
    case dsl::Claim::Kind::cover: return "cover " + dsl::to_text(claim.slot);
  }
  return "";
}

std::string claim_text(const dsl::Claim& claim, bool unknown) {
  if (unknown) return "unknown";
  if (!claim.message.empty()) return presentable(claim.message, 200);
  switch (claim.kind) {
    case dsl::Claim::Kind::assertion: return "does not hold here";
    case dsl::Claim::Kind::assumption: return "this machine breaks an assumption";
    case dsl::Claim::Kind::cover: return "no rule asserts it on this machine";
  }
  return "";
}

}  // namespace

std::vector<Line> claim_lines(const PlanView& view) {
  std::vector<Line> out;
  for (std::size_t i = 0; i < view.plan.claims.size(); ++i) {
    const dsl::Claim& claim = view.policy.claims[i];
    const engine::ClaimOutcome& outcome = view.plan.claims[i];
    const bool refuted = outcome.state == engine::ClaimState::refuted;
    if (!refuted && outcome.state != engine::ClaimState::unknown) continue;
    const auto at = view.sources.locate(claim.span.source, claim.span.begin);
    Line line;
    line.mark = refuted ? "!" : "?";
    line.colour = refuted ? "35" : "36";
    line.name = claim_name(claim, view.sources);
    line.change = claim_text(claim, !refuted);
    line.place = fmt::format("{}:{}", view.sources.name(claim.span.source), at.line);
    for (const engine::GuardReason& reason : outcome.reasons) {
      const auto* unknown = reason.value.as<dsl::Unknown>();
      line.below.push_back(
          fmt::format("{} is {}", dsl::to_text(reason.fact),
                      presentable(unknown != nullptr
                                      ? "unknown: " + unknown->reason
                                      : dsl::to_text(engine::shown(reason.fact, reason.value)))));
    }
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace gopol::cli
