#include "cli/command/why_go.h"

#include <fmt/format.h>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/why/go.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/machine/module_source.h"
#include "engine/real/confine.h"

namespace gopol::cli {
namespace {

/// The folder that is asked about: of a recorded machine, a path on its own disk.
dsl::Result<dsl::Path> folder_named(const Options& options, const Workspace& workspace) {
  if (options.arguments.size() > 2) {
    return dsl::problem("P0001", fmt::format("`{}` is one argument too many", options.arguments[2]),
                        "write `gopol why go [DIR]`");
  }
  const bool named = options.arguments.size() > 1;
  const dsl::Path folder = folder_here(workspace) / (named ? options.arguments[1] : ".");
  const auto status = workspace.host->disk().stat_target(folder);
  if (!status) return status.error();
  if (status->type != engine::FileStatus::Type::folder)
    return dsl::problem("P0001", fmt::format("there is no folder {}", folder.text),
                        workspace.recorded ? "name one of the recorded machine" : "");
  return folder;
}

}  // namespace

Exit why_go(const Options& options) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    const auto folder = folder_named(options, workspace);
    if (!folder) return folder.error();
    engine::confine_to_reading();
    const engine::Host& reading = *workspace.host;
    const auto found = providers::go::effective_go(reading, *folder);
    print(options.json ? why_go_json(found, *folder) : why_go_text(found, *folder));
    return Exit::clean;
  });
}

}  // namespace gopol::cli
