#include "cli/print/guide_text.h"

#include <fmt/format.h>

#include "cli/terminal/terminal.h"
#include "engine/plan/disclosure.h"

namespace gopol::cli {

std::string now_text(const engine::Observation& seen) {
  std::string out = fmt::format(
      "now: {}\n", presentable(dsl::to_text(engine::shown(seen.slot, seen.value)), 200));
  if (const auto* unknown = seen.value.as<dsl::Unknown>()) {
    out = fmt::format("now: unknown, {}\n", presentable(unknown->reason, 300));
    if (!unknown->remedy.empty())
      out += fmt::format("     {}\n", presentable(unknown->remedy, 300));
  }
  for (const std::string& finding : seen.findings)
    out += fmt::format("     {}\n", presentable(finding, 300));
  return out;
}

std::string guide_text(const Goal& goal, const engine::Observation& seen,
                       const engine::Guide& guide) {
  std::string out =
      fmt::format("{} shall be {}\n", dsl::to_text(goal.slot), dsl::to_text(goal.allowed)) +
      now_text(seen);
  for (std::size_t i = 0; i < guide.steps.size(); ++i)
    out += fmt::format("{:>2}. {}\n", i + 1, guide.steps[i]);
  return out;
}

}  // namespace gopol::cli
