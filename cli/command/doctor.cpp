#include <algorithm>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/doctor_report.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/machine/examine.h"

namespace gopol::cli {

Exit doctor_command(const Options& options) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    auto all = examine(workspace);
    for (const dsl::Diagnostic& error : workspace.plugin_errors)
      all.push_back({dsl::Severity::warning, error.message, error.help});
    print(options.json ? doctor_json(all) : doctor_text(all, options.verbose, terminal_of(stdout)));
    const bool healthy = std::all_of(all.begin(), all.end(), [](const auto& one) {
      return one.severity == dsl::Severity::note;
    });
    return healthy ? Exit::clean : Exit::findings;
  });
}

}  // namespace gopol::cli
