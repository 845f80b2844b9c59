#include "cli/command/why_module.h"

#include "cli/command/with_workspace.h"
#include "cli/print/why/module.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/machine/module_source.h"

namespace gopol::cli {

Exit why_module(const Options& options) {
  if (options.arguments.size() < 2) {
    report({dsl::problem("P0001", "no module is named", "write `gopol why module PATH[@VERSION]`")},
           dsl::SourceMap());
    return Exit::usage;
  }
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    const auto found = module_source(options, workspace);
    if (!found) return found.error();
    print(options.json ? why_module_json(found->route, found->notes)
                       : why_module_text(found->route, found->notes));
    return Exit::clean;
  });
}

}  // namespace gopol::cli
