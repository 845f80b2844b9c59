#include <fmt/format.h>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/plan/exit.h"
#include "cli/print/plan/json.h"
#include "cli/print/plan/text.h"
#include "cli/terminal/exit_of.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/lint.h"
#include "cli/workspace/plan/make_plan.h"
#include "cli/workspace/plan/saved_plan.h"
#include "cli/workspace/plan/written_by.h"

namespace gopol::cli {

Exit plan_command(const Options& options) {
  if (!options.output.empty() && !options.facts.empty()) {
    report({dsl::problem("P0001", "a plan made of recorded facts cannot be applied",
                         "give `--out` or `--facts`, not both")},
           dsl::SourceMap());
    return Exit::usage;
  }
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    dsl::Diagnostics warnings;
    report(workspace.plugin_errors, workspace.sources);
    auto loaded = load_policy(options, workspace, warnings);
    report(warnings, workspace.sources);
    if (!loaded) return loaded.error();
    const bool saves = !options.output.empty();
    const std::string hash = saves ? policy_hash(*loaded, workspace.sources) : "";
    if (!has_ignores(loaded->program)) loaded->program = {};  // texts are enough to name places
    const MadePlan made = make_plan(options, *loaded, workspace);
    const auto& [planned, pairs, afterwards] = made;
    if (!planned) return planned.error();
    report(planned->plan.problems, workspace.sources);
    report(pairs, workspace.sources);
    PlanView view = plan_view(planned->plan, *loaded, workspace);
    view.verbose = options.verbose;
    view.afterwards = &afterwards;
    view.written = [&](dsl::SourceSpan place) { return written_by(workspace, place); };
    print(options.json ? plan_json(view) : plan_text(view, terminal_of(stdout)));
    if (saves) {
      if (auto saved = save_plan(options, workspace, *loaded, hash, made); !saved)
        return saved.error();
      if (!options.json)
        print(fmt::format("saved: `gopol apply {}` makes it so\n", options.output));
    }
    const Exit ahead = is_finding(afterwards) ? Exit::findings : Exit::clean;
    leave(worse(worse(plan_exit(planned->plan, options.strict), ahead),
                exit_of(workspace.plugin_errors)));
  });
}

}  // namespace gopol::cli
