#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/plan/exit.h"
#include "cli/print/plan/json.h"
#include "cli/print/plan/text.h"
#include "cli/terminal/exit_of.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/lint.h"
#include "cli/workspace/plan/plan_pairs.h"
#include "cli/workspace/plan/saved_plan.h"
#include "cli/workspace/plan/written_by.h"
#include "cli/workspace/snapshot.h"
#include "cli/workspace/workspace.h"
#include "engine/plan/planning.h"
#include "engine/real/confine.h"

namespace gopol::cli {
namespace {

dsl::Result<engine::Planned> make(const Options& options, const LoadedPolicy& loaded,
                                  const Workspace& workspace) {
  if (!options.facts.empty()) {
    auto facts = read_snapshot(options.facts, workspace.schemas);
    if (!facts) return facts.error();
    return engine::plan_from(loaded.policy, workspace.schemas, std::move(*facts), engine::Ledger{});
  }
  auto ledger = load_ledger(workspace);
  if (!ledger) return ledger.error();
  const engine::Host& reading = *workspace.host;
  return engine::plan_on(loaded.policy, workspace.schemas, workspace.providers, reading, *ledger);
}

dsl::Diagnostics pairs_of(const engine::Planned& planned, const LoadedPolicy& loaded,
                          const Options& options, const Workspace& workspace) {
  const engine::Host* host = options.facts.empty() ? workspace.host.get() : nullptr;
  auto out = known_bad_pairs(loaded.policy, planned, workspace, host,
                             options.verbose ? Pairs::all : Pairs::serious);
  if (!out.empty() && !loaded.program.modules.empty()) silence(loaded.program, workspace, out);
  return out;
}

/// A plan, and what it says of Go and this machine.
struct Made {
  dsl::Result<engine::Planned> planned;
  dsl::Diagnostics pairs;
};

Made make_all(const Options& options, const LoadedPolicy& loaded, const Workspace& workspace) {
  Made out{make(options, loaded, workspace), {}};
  if (out.planned) out.pairs = pairs_of(*out.planned, loaded, options, workspace);
  return out;
}

/// The system's word on top of the type system's that nothing is written; a kernel without it is
/// fine. This process may write again if the plan is to be saved.
Made make_confined(const Options& options, const LoadedPolicy& loaded, const Workspace& workspace) {
  if (options.output.empty()) {
    engine::confine_to_reading();
    return make_all(options, loaded, workspace);
  }
  std::optional<Made> out;
  engine::run_confined([&] { out = make_all(options, loaded, workspace); });
  return std::move(*out);
}

dsl::Result<dsl::Done> save(const Options& options, const Workspace& workspace,
                            const LoadedPolicy& loaded, const std::string& hash,
                            const engine::Planned& planned) {
  auto ledger = load_ledger(workspace);
  if (!ledger) return ledger.error();
  auto saved = saved_plan(options, workspace, loaded, hash, planned, *ledger);
  if (!saved) return saved.error();
  return write_saved_plan(*saved, options.output);
}

}  // namespace

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
    const auto [planned, pairs] = make_confined(options, *loaded, workspace);
    if (!planned) return planned.error();
    report(planned->plan.problems, workspace.sources);
    report(pairs, workspace.sources);
    const auto now = workspace.host->system().now().time_since_epoch();
    const PlanView view{planned->plan,
                        loaded->policy,
                        workspace.sources,
                        loaded->origin,
                        std::chrono::duration_cast<std::chrono::seconds>(now).count(),
                        options.verbose,
                        [&](dsl::SourceSpan place) { return written_by(workspace, place); }};
    print(options.json ? plan_json(view) : plan_text(view, terminal_of(stdout)));
    if (saves) {
      if (auto saved = save(options, workspace, *loaded, hash, *planned); !saved)
        return saved.error();
      if (!options.json)
        print(fmt::format("saved: `gopol apply {}` makes it so\n", options.output));
    }
    leave(worse(plan_exit(planned->plan, options.strict), exit_of(workspace.plugin_errors)));
  });
}

}  // namespace gopol::cli
