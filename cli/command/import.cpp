#include <fmt/format.h>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/machine/imported_policy.h"
#include "cli/workspace/policy_file.h"

namespace gopol::cli {

Exit import_command(const Options& options) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    const auto policy = imported_policy(workspace);
    if (!policy) return policy.error();
    if (options.output.empty()) {
      print(*policy);
      return Exit::clean;
    }
    if (auto written = write_policy(options.output, *policy); !written) return written.error();
    print(fmt::format("{} written; `gopol plan {}` shows that it changes nothing here\n",
                      options.output, options.output));
    return Exit::clean;
  });
}

}  // namespace gopol::cli
