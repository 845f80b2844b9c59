#include "cli/print/facts_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/terminal/terminal.h"
#include "engine/plan/disclosure.h"

namespace gopol::cli {

std::string facts_text(const engine::Facts& facts) {
  std::size_t width = 0;
  for (const auto& one : facts.all())
    width = std::max(width, std::min<std::size_t>(44, dsl::to_text(one.slot).size()));
  std::string out;
  for (const auto& one : facts.all()) {
    std::string value = presentable(dsl::to_text(engine::shown(one.slot, one.value)));
    if (const auto* unknown = one.value.as<dsl::Unknown>())
      value = "unknown: " + presentable(unknown->reason, 200);
    out += fmt::format("{:<{}}  {}", dsl::to_text(one.slot), width, value);
    if (!one.origin.empty()) out += fmt::format("   ({})", presentable(one.origin, 200));
    out += '\n';
    for (const std::string& finding : one.findings)
      out += fmt::format("{:<{}}  {}\n", "", width, presentable(finding, 200));
    for (const engine::Elsewhere& place : one.elsewhere) {
      const bool vague = place.value.is_unknown() && place.origin.empty();
      if (vague && !engine::is_written(one)) continue;
      out +=
          fmt::format("{:<{}}  {}\n", "", width, presentable(engine::force_text(one, place), 200));
    }
  }
  return out;
}

}  // namespace gopol::cli
