#include <fmt/format.h>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/test_report.h"
#include "cli/terminal/exit_of.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/policy_file.h"
#include "cli/workspace/trial/suite.h"

namespace gopol::cli {
namespace {

Exit no_tests(const std::string& policy, const Options& options) {
  if (options.only.empty()) {
    print(fmt::format("{}: no tests\n", policy));
    return Exit::clean;
  }
  print_error(fmt::format("error: no test of {} has `{}` in its title\n", policy,
                          presentable(options.only)));
  return Exit::usage;
}

Exit test_one(const Options& options, const std::string& file) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    dsl::Diagnostics warnings;
    const auto loaded = load_to_test(file, options, workspace, warnings);
    report(warnings, workspace.sources);
    if (!loaded) return loaded.error();
    Suite suite(workspace, *loaded);
    suite.run(options.only);
    if (suite.outcomes().empty()) return no_tests(suite.name(), options);
    print(options.format == "junit"
              ? test_junit(suite, workspace.sources)
              : test_text(suite, workspace.sources, options.verbose, terminal_of(stdout)));
    if (suite.failed() > 0) return Exit::findings;
    if (!options.mutate) return Exit::clean;
    const MutationScore score = suite.mutate();
    print(mutation_text(score, workspace.sources));
    return score.missed.empty() ? Exit::clean : Exit::findings;
  });
}

}  // namespace

Exit test_command(const Options& options) {
  auto files = options.arguments;
  if (files.empty()) {
    auto found = find_policy("");
    if (!found) return failed(found.error(), Workspace());
    files = {*found};
  }
  Exit out = Exit::clean;
  for (const std::string& file : files) out = worse(out, test_one(options, file));
  return out;
}

}  // namespace gopol::cli
