#include "cli/print/doctor_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

namespace gopol::cli {
namespace {

using providers::Ailment;

std::string_view severity_word(dsl::Severity severity) {
  if (severity == dsl::Severity::error) return "error";
  return severity == dsl::Severity::warning ? "warning" : "note";
}

std::size_t count_of(const std::vector<Ailment>& all, dsl::Severity severity) {
  return static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [&](const Ailment& one) { return one.severity == severity; }));
}

std::string doctor_summary(const std::vector<Ailment>& all, bool verbose) {
  const std::size_t errors = count_of(all, dsl::Severity::error),
                    warnings = count_of(all, dsl::Severity::warning),
                    notes = count_of(all, dsl::Severity::note);
  std::string out = errors + warnings == 0
                        ? "healthy"
                        : fmt::format("{} error{}, {} warning{}", errors, errors == 1 ? "" : "s",
                                      warnings, warnings == 1 ? "" : "s");
  if (notes > 0)
    out += fmt::format(", {} note{}{}", notes, notes == 1 ? "" : "s", verbose ? "" : " (-v shows)");
  return out + "\n";
}

}  // namespace

std::string doctor_text(const std::vector<Ailment>& all, bool verbose, const Terminal& terminal) {
  std::string out;
  for (const Ailment& one : all) {
    if (one.severity == dsl::Severity::note && !verbose) continue;
    const char* colour = one.severity == dsl::Severity::error     ? "31"
                         : one.severity == dsl::Severity::warning ? "33"
                                                                  : "36";
    out += terminal.paint(fmt::format("{:<8}", severity_word(one.severity)), colour) +
           presentable(one.what, 400) + "\n";
    if (!one.mend.empty()) out += fmt::format("        mend: {}\n", presentable(one.mend, 400));
  }
  return out + doctor_summary(all, verbose);
}

std::string doctor_json(const std::vector<Ailment>& all) {
  nlohmann::json out = {{"schema", 1}, {"ailments", nlohmann::json::array()}};
  for (const Ailment& one : all)
    out["ailments"].push_back(
        {{"severity", severity_word(one.severity)}, {"what", one.what}, {"mend", one.mend}});
  return out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace gopol::cli
