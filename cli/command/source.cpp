#include <fmt/format.h>

#include <utility>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/source_offer.h"
#include "cli/print/source_status.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/source_trust.h"

namespace gopol::cli {
namespace {

dsl::Result<Exit> trust(const Options& options, Workspace& workspace) {
  const auto source = named_source(options, workspace);
  if (!source) return source.error();
  auto store = open_store();
  if (!store) return store.error();
  auto pull = pull_to_trust(**source, *store, workspace);
  if (!pull) return pull.error();
  print(trust_offer(*pull));
  const auto agreed = accepted(*pull, options);
  if (!agreed) return agreed.error();
  if (!*agreed) {
    print("nothing was changed\n");
    return Exit::clean;
  }
  dsl::Diagnostics warnings;
  const auto kept = keep_trusted(std::move(*pull), *store, workspace, warnings);
  report(warnings, workspace.sources);
  if (!kept) return kept.error();
  print("trusted\n");
  return Exit::clean;
}

}  // namespace

Exit source_command(const Options& options) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    const std::string& action = options.arguments.front();
    if (action == "status") return source_status(options, workspace);
    if (action == "trust") return trust(options, workspace);
    return dsl::problem("P0001", fmt::format("`source` knows no `{}`", action),
                        "there are `status` and `trust`");
  });
}

}  // namespace gopol::cli
