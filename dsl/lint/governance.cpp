#include "dsl/lint/governance.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "dsl/lint/lint.h"

namespace gopol::dsl::lint {
namespace {

constexpr std::int64_t longest_waiver = 180, shortest_notice = 14;  // days

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/// `PLAT-311`, `#42`, or an address.
bool names_ticket(std::string_view text) {
  if (text.find("://") != std::string_view::npos) return true;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (!is_digit(text[at])) continue;
    if (text[at - 1] == '#') return true;
    if (text[at - 1] == '-' && at >= 2 && (is_letter(text[at - 2]) || is_digit(text[at - 2])))
      return true;
  }
  return false;
}

using Place = std::pair<std::uint32_t, std::uint32_t>;

Place place_key(SourceSpan span) { return {span.source.index, span.begin}; }

/// The rules such as asked for, as they stand in the texts that are checked themselves: one that
/// several profiles inherit is one.
template <class IsSuch, class Each>
void for_all_written_rules(const Subject& subject, const IsSuch& is_such, const Each& each) {
  std::set<std::uint32_t> roots;
  for (const Module& module : subject.program.modules) {
    if (module.root) roots.insert(module.tree->source.index);
  }
  std::set<Place> seen;
  for (const Policy::Rule& rule : subject.policy.rules) {
    if (!is_such(rule) || !roots.contains(rule.span.source.index)) continue;
    if (seen.insert(place_key(rule.span)).second) each(rule);
  }
}

}  // namespace

Diagnostics rules_without_reason(const Subject& subject) {
  Diagnostics out;
  const auto is_such = [](const Policy::Rule& rule) {
    return rule.effect == Effect::enforce && rule.because.empty();
  };
  for_all_written_rules(subject, is_such, [&](const Policy::Rule& rule) {
    out.push_back(finding(rule.span, fmt::format("`{}` does not say why", rule.name), "no reason",
                          "write `because \"...\"`: every line of a plan shows it"));
  });
  return out;
}

Diagnostics rules_without_owner(const Subject& subject) {
  Diagnostics out;
  const auto is_such = [](const Policy::Rule& rule) { return rule.owner.empty(); };
  for_all_written_rules(subject, is_such, [&](const Policy::Rule& rule) {
    out.push_back(finding(rule.span, fmt::format("nobody owns `{}`", rule.name), "no owner",
                          "write `owner \"...\"` in the rule or in its profile"));
  });
  return out;
}

Diagnostics waivers_of_odd_length(const Subject& subject) {
  Diagnostics out;
  if (!subject.today) return out;
  std::set<Place> seen;  // a waiver of a rule with overrides is one
  for (const Policy::Rule& rule : subject.policy.rules) {
    for (const Waiver& waiver : rule.waivers) {
      const std::int64_t left = days(waiver.until) - days(*subject.today);
      const bool odd = left > longest_waiver || (left >= 0 && left < shortest_notice);
      if (!odd || !seen.insert(place_key(waiver.span)).second) continue;
      const bool is_long = left > longest_waiver;
      out.push_back(finding(
          waiver.span, fmt::format("the waiver of `{}` ends in {} days", rule.name, left),
          is_long ? "a long time" : "soon",
          is_long
              ? fmt::format("agree on {} days at most, and look at it again then", longest_waiver)
              : "mend what it excuses, or agree on a new date with its owner"));
    }
  }
  return out;
}

Diagnostics overrides_without_ticket(const Subject& subject) {
  Diagnostics out;
  const auto is_such = [](const Policy::Rule& rule) { return rule.replaces.has_value(); };
  for_all_written_rules(subject, is_such, [&](const Policy::Rule& rule) {
    const Policy::Rule& replaced = subject.policy.rules[*rule.replaces];
    const bool imported = !(replaced.span.source == rule.span.source);
    if (!imported || names_ticket(rule.because)) return;
    auto found =
        finding(rule.span,
                fmt::format("this replaces `{}` of another file, and names no ticket", rule.name),
                "agreed where?", "name the ticket in `because`, such as HELP-88 or #42");
    found.related.push_back({replaced.span, "replaced"});
    out.push_back(std::move(found));
  });
  return out;
}

Diagnostics kinds_without_cover(const Subject& subject) {
  std::set<std::string> known;
  for (const Claim& claim : subject.policy.claims) {
    if (claim.kind == Claim::Kind::cover) known.insert(claim.slot.family);
  }
  Diagnostics out;
  for (const Policy::Rule& rule : subject.policy.rules) {
    if (rule.effect != Effect::enforce) continue;
    for (const Assertion& assertion : rule.assertions) {
      const std::string& family = assertion.slot.family;
      if (!known.insert(family).second) continue;
      out.push_back(finding(rule.span, fmt::format("nothing says which machines need `{}`", family),
                            "managed first here",
                            fmt::format("write `cover {}`, so that a machine left out is noticed",
                                        to_text(assertion.slot))));
    }
  }
  return out;
}

}  // namespace gopol::dsl::lint
