#pragma once

#include <string>
#include <vector>

#include "cli/print/plan/text.h"
#include "cli/terminal/terminal.h"

namespace gopol::cli {

/// The columns of one line of the plan.
struct Line {
  std::string mark, name, change, cause, rule, place;
  const char* colour = "0";
  std::vector<std::string> below;
};

/// The line of one item; its layout comes later.
Line line_of(const engine::Item& item, const PlanView& view, const Terminal& terminal);

/// Of slots that are written as wished, of which nobody can tell whether they are in force: how
/// many for one reason.
std::vector<std::string> untold_lines(const engine::Plan& plan);

/// Lines for what the policy says about itself and what is not so here, or cannot be known.
std::vector<Line> claim_lines(const PlanView& view);

}  // namespace gopol::cli
