#include "cli/workspace/plan/make_plan.h"

#include <optional>
#include <utility>

#include "cli/workspace/lint.h"
#include "cli/workspace/plan/plan_pairs.h"
#include "cli/workspace/plan/saved_plan.h"
#include "cli/workspace/rehearse/rehearse_plan.h"
#include "cli/workspace/snapshot.h"
#include "engine/real/confine.h"

namespace gopol::cli {
namespace {

dsl::Result<engine::Planned> planned_as_asked(const Options& options, const LoadedPolicy& loaded,
                                              const Workspace& workspace) {
  if (!options.facts.empty()) {
    auto facts = read_snapshot(options.facts, workspace.schemas);
    if (!facts) return facts.error();
    return engine::plan_from(loaded.policy, workspace.schemas, std::move(*facts), {});
  }
  auto ledger = load_ledger(workspace);
  if (!ledger) return ledger.error();
  return engine::plan_on(loaded.policy, workspace.world(),
                         past_of(loaded, options, workspace, &*ledger));
}

dsl::Diagnostics pairs_of(const engine::Planned& planned, const LoadedPolicy& loaded,
                          const Options& options, const Workspace& workspace) {
  const engine::Host* host = options.facts.empty() ? workspace.host.get() : nullptr;
  auto out = known_bad_pairs(loaded.policy, planned, workspace, host,
                             options.verbose ? Pairs::all : Pairs::serious);
  if (!out.empty() && !loaded.program.modules.empty()) silence(loaded.program, workspace, out);
  return out;
}

MadePlan make_all(const Options& options, const LoadedPolicy& loaded, const Workspace& workspace) {
  MadePlan out{planned_as_asked(options, loaded, workspace), {}};
  if (!out.planned) return out;
  out.pairs = pairs_of(*out.planned, loaded, options, workspace);
  if (options.facts.empty())
    out.afterwards = rehearse_plan(loaded.policy, *out.planned,
                                   past_of(loaded, options, workspace, nullptr), workspace);
  return out;
}

}  // namespace

MadePlan make_plan(const Options& options, const LoadedPolicy& loaded, const Workspace& workspace) {
  if (options.output.empty()) {
    engine::confine_to_reading();
    return make_all(options, loaded, workspace);
  }
  std::optional<MadePlan> out;
  engine::run_confined([&] { out = make_all(options, loaded, workspace); });
  return std::move(*out);
}

dsl::Result<dsl::Done> save_plan(const Options& options, const Workspace& workspace,
                                 const LoadedPolicy& loaded, const std::string& policy_hash,
                                 const MadePlan& made) {
  auto ledger = load_ledger(workspace);
  if (!ledger) return ledger.error();
  auto saved = saved_plan(options, workspace, loaded, policy_hash, made, *ledger);
  if (!saved) return saved.error();
  return write_saved_plan(*saved, options.output);
}

}  // namespace gopol::cli
