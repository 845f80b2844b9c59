#include "cli/command/with_workspace.h"

#include "cli/terminal/exit_of.h"

namespace gopol::cli {

Exit failed(const dsl::Diagnostics& errors, const Workspace& workspace) {
  report(errors, workspace.sources);
  return exit_of(errors);
}

void warn_of_plugins(const Workspace& workspace) {
  dsl::Diagnostics warnings = workspace.plugin_errors;
  for (dsl::Diagnostic& warning : warnings) warning.severity = dsl::Severity::warning;
  report(warnings, workspace.sources);
}

Exit with_workspace(const Options& options, Access access,
                    const std::function<dsl::Result<Exit>(Workspace&)>& work) {
  Workspace workspace;
  if (auto opened = open_workspace(options, access, workspace); !opened)
    return failed(opened.error(), workspace);
  const auto exit = work(workspace);
  return exit ? *exit : failed(exit.error(), workspace);
}

Exit with_policy(const Options& options, Access access,
                 const std::function<dsl::Result<Exit>(Workspace&, LoadedPolicy&)>& work) {
  return with_workspace(options, access, [&](Workspace& workspace) -> dsl::Result<Exit> {
    dsl::Diagnostics warnings;
    auto loaded = load_policy(options, workspace, warnings);
    if (!loaded) return loaded.error();
    return work(workspace, *loaded);
  });
}

}  // namespace gopol::cli
