#include "cli/print/check_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "cli/print/diagnostics_github.h"
#include "cli/print/diagnostics_json.h"
#include "cli/print/diagnostics_sarif.h"
#include "cli/terminal/terminal.h"

namespace gopol::cli {
namespace {

/// `2 policies checked, no errors, 1 warning`
std::string checked_line(std::size_t files, const dsl::Diagnostics& shown) {
  std::string out = fmt::format("{} polic{} checked, no errors", files, files == 1 ? "y" : "ies");
  for (const auto& [severity, word] :
       {std::pair(dsl::Severity::warning, "warning"), std::pair(dsl::Severity::note, "note")}) {
    const auto count = std::count_if(
        shown.begin(), shown.end(),
        [sought = severity](const dsl::Diagnostic& one) { return one.severity == sought; });
    if (count > 0) out += fmt::format(", {} {}{}", count, word, count == 1 ? "" : "s");
  }
  return out + "\n";
}

}  // namespace

void print_check(const dsl::Diagnostics& shown, std::size_t files, const Options& options,
                 const dsl::SourceMap& sources) {
  if (options.json || options.format == "json") {
    print(diagnostics_json(shown, sources));
  } else if (options.format == "sarif") {
    print(diagnostics_sarif(shown, sources));
  } else if (options.format == "github") {
    print(diagnostics_github(shown, sources));
  } else {
    report(shown, sources);
    if (!dsl::has_errors(shown)) print(checked_line(files, shown));
  }
}

}  // namespace gopol::cli
