#include "cli/command/converge_here.h"

#include <utility>

#include "cli/command/with_workspace.h"
#include "cli/print/plan/apply_talk.h"
#include "engine/record/state_folder.h"

namespace gopol::cli {

Exit converge_here(const Options& options, Workspace& workspace, const ToApply& asked,
                   engine::RootStart root) {
  ApplyTalk talk(options, workspace, asked);
  engine::Past past = past_of(asked.loaded, options, workspace, nullptr);
  past.left_alone = asked.left_alone;
  const auto made = engine::converge(
      {asked.loaded.policy, workspace.schemas, workspace.providers, *workspace.host,
       engine::state_folder(workspace.host->system()), asked.agreed ? &asked.agreed->plan : nullptr,
       asked.loaded.origin.name, asked.loaded.origin.commit, std::move(root),
       workspace.config.keep_old, std::move(past)},
      talk.callbacks());
  return made ? talk.conclude(*made) : failed(made.error(), workspace);
}

}  // namespace gopol::cli
