#include <algorithm>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/check_report.h"
#include "cli/print/fail_on.h"
#include "cli/terminal/exit_of.h"
#include "cli/workspace/check_file.h"

namespace gopol::cli {

Exit check_command(const Options& options) {
  Workspace workspace;
  const auto fail_on = parse_fail_on(options.fail_on);
  dsl::Diagnostics all;
  if (!fail_on) {
    all = fail_on.error();
  } else if (auto opened = open_workspace(options, Access::read, workspace); !opened) {
    all = opened.error();
  }
  warn_of_plugins(workspace);
  // A note may have a fix; without -v nobody else asks for one.
  const bool notes =
      options.verbose || options.fix ||
      (fail_on && (fail_on->level == dsl::Severity::note || !fail_on->codes.empty()));
  const auto files = all.empty() ? files_named(options, all) : std::vector<std::string>{};
  Checked checked;
  for (const std::string& file : files) {
    const dsl::Diagnostics found = check_file(file, options.fix, notes, workspace, checked);
    all.insert(all.end(), found.begin(), found.end());
  }
  const bool failed = fail_on && std::any_of(all.begin(), all.end(), *fail_on);
  if (fail_on && !options.verbose) {
    std::erase_if(all, [&](const dsl::Diagnostic& one) {
      return one.severity == dsl::Severity::note && !(*fail_on)(one);
    });
  }
  print_check(all, files.size(), options, workspace.sources);
  leave(failed ? worse(Exit::findings, exit_of(all)) : exit_of(all));
}

}  // namespace gopol::cli
