#include "cli/workspace/pull.h"
#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/pull_text.h"
#include "cli/terminal/terminal.h"

namespace gopol::cli {
namespace {

/// What nobody was heard of is no error as long as the last good policy may be used.
void warn_of_silence(const SourcePull& pull, const Workspace& workspace) {
  dsl::Diagnostics warnings = pull.offline;
  for (dsl::Diagnostic& warning : warnings) warning.severity = dsl::Severity::warning;
  report(warnings, workspace.sources);
}

}  // namespace

Exit pull_command(const Options& options) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    if (workspace.config.sources.empty()) {
      return dsl::problem("P0001", "no source is configured",
                          "add a `[[source]]` to gopol.toml: `gopol explain T6003`");
    }
    auto store = open_store();
    if (!store) return store.error();
    std::vector<SourcePull> pulls;
    dsl::Diagnostics errors, warnings;
    bool refused = false;
    for (const engine::ConfiguredSource& source : workspace.config.sources) {
      auto pull = pull_source(source, *store, workspace, false);
      const dsl::Diagnostics& why = pull ? pull->refusal : pull.error();
      errors.insert(errors.end(), why.begin(), why.end());
      refused = refused || (pull && !pull->refusal.empty());
      if (pull) pulls.push_back(std::move(*pull));
    }
    if (refused) {
      if (const auto kept = keep_refusals(pulls, *store); !kept)
        errors.insert(errors.end(), kept.error().begin(), kept.error().end());
    }
    if (!errors.empty()) return errors;
    const auto kept = keep(pulls, *store, workspace, warnings);
    report(warnings, workspace.sources);
    if (!kept) return kept.error();
    const Terminal terminal = terminal_of(stdout);
    for (const SourcePull& pull : pulls) {
      warn_of_silence(pull, workspace);
      if (!options.json) print(pull_line(pull, *store, terminal));
    }
    if (options.json) print(pull_json(pulls, *store));
    return Exit::clean;
  });
}

}  // namespace gopol::cli
