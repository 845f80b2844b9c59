#include <fmt/format.h>

#include <string>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/capture/capture_machine.h"
#include "cli/workspace/policy_file.h"

namespace gopol::cli {

Exit capture_command(const Options& options) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    warn_of_plugins(workspace);
    const auto notes = capture_machine(options, workspace);
    if (!notes) return notes.error();
    const std::string text = notes->text();
    if (auto written = write_private(options.output, text); !written) return written.error();
    print(fmt::format("{} answers kept in {}, {} KB: read it before you hand it on\n",
                      notes->size(), options.output, (text.size() + 1023) / 1024));
    return Exit::clean;
  });
}

}  // namespace gopol::cli
