#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "cli/terminal/terminal.h"
#include "cli/workspace/rehearse/consequences.h"
#include "cli/workspace/workspace.h"
#include "dsl/value/source.h"
#include "engine/plan/plan.h"
#include "engine/source/blame.h"

namespace gopol::cli {

/// What a plan's text is made of beside the plan.
struct PlanView {
  const engine::Plan& plan;
  const dsl::Policy& policy;
  const dsl::SourceMap& sources;
  const PolicyOrigin& origin;
  std::int64_t now = 0;                      ///< seconds since 1970: the age of a drift
  bool verbose = false;                      ///< show what is ok too
  const Consequences* afterwards = nullptr;  ///< what it does beyond what it says
  /// Who wrote the line of a place (cli/workspace/plan/written_by.h); JSON alone tells.
  std::function<const engine::BlameCommit*(dsl::SourceSpan)> written = {};
};

/// The plan of a policy on the workspace's machine, which must all outlive the view.
PlanView plan_view(const engine::Plan& plan, const LoadedPolicy& loaded,
                   const Workspace& workspace);

/// One line an item: old, new, cause, rule, place; then what will and will not happen.
std::string plan_text(const PlanView& view, const Terminal& terminal);

/// What is written and not in force, line by line, and what nobody can tell; empty: all is.
std::string out_of_force_text(const PlanView& view, const Terminal& terminal);

/// The sentence below: `3 changes: 2 policy, 1 drift · 1 needs sudo · nothing is deleted`.
std::string summary_line(const engine::Plan& plan, const Terminal& terminal);

}  // namespace gopol::cli
