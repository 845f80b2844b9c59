#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal/terminal.h"
#include "dsl/value/source.h"
#include "engine/diff/fleet.h"
#include "engine/diff/rules.h"

namespace gopol::cli {

/// What a change of a policy means, ready to be printed.
struct DiffReport {
  std::string was, is;  ///< what was compared, as the user named it
  std::vector<engine::RuleChange> rules;
  std::optional<engine::FleetReport> fleet;
  std::vector<std::string> unreadable;  ///< of the fleet: what is no snapshot
  const dsl::SourceMap& sources;
};

/// `weaker`, `stronger`, `new`, `removed`, `renamed`, `changed`, `same effect`.
std::string_view word(const engine::RuleChange& change);
/// `file:line`
std::string place_of(dsl::SourceSpan span, const dsl::SourceMap& sources);
/// `3 rules differ: 1 new, 2 weaker`; `no rule differs`.
std::string summary_of(const std::vector<engine::RuleChange>& rules);
/// What a group's machines have in common, without slots: `1 needs sudo`, `1 conflict`.
std::vector<std::string> remarks_of(const engine::FleetGroup& group);
/// `change to off`, `ok`, `nothing`.
std::string text_of(const engine::SlotOutcome& outcome);
/// `12 machines`
std::string machines(std::size_t count);
/// `12 machines (a, b, c, …)`
std::string named_machines(const engine::FleetGroup& group);
/// How many of the fleet are in no group, how old its facts are; two lines at most.
std::vector<std::string> fleet_lines(const DiffReport& report);

std::string diff_text(const DiffReport& report, const Terminal& terminal);
/// One comment of a code review: at most 60,000 characters, whole lines; what has no room is folded
/// into counts.
std::string diff_markdown(const DiffReport& report);
std::string diff_json(const DiffReport& report);

}  // namespace gopol::cli
