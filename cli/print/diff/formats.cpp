#include "cli/print/diff/formats.h"

#include "cli/print/diagnostics_github.h"
#include "cli/print/diagnostics_sarif.h"

namespace gopol::cli {

std::string diff_in_format(const DiffReport& report, const DiffGate& gate,
                           const std::string& format, const Terminal& terminal) {
  if (format == "json") return diff_json(report);
  if (format == "markdown") return diff_markdown(report);
  if (format == "junit") return diff_junit(gate, report);
  if (format == "sarif") return diagnostics_sarif(diff_diagnostics(gate, report), report.sources);
  if (format == "github") return diagnostics_github(diff_diagnostics(gate, report), report.sources);
  return diff_text(report, terminal);
}

}  // namespace gopol::cli
