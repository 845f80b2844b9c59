#include <fmt/format.h>

#include "cli/command/commands.h"
#include "cli/terminal/exit_of.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/check_file.h"
#include "cli/workspace/policy_file.h"
#include "dsl/syntax/format.h"
#include "dsl/syntax/parse.h"

namespace gopol::cli {

Exit fmt_command(const Options& options) {
  dsl::SourceMap sources;
  dsl::Diagnostics all;
  Exit exit = Exit::clean;
  const auto files = files_named(options, all);
  for (const std::string& file : files) {
    auto text = read_policy(file);
    if (!text) {
      all.insert(all.end(), text.error().begin(), text.error().end());
      continue;
    }
    const dsl::SourceId id = sources.add(file, *text);
    const dsl::Tree tree = dsl::parse(id, sources, all);
    const std::string formatted = dsl::format(tree);
    if (formatted == *text) continue;
    if (options.check_only) {
      print(fmt::format("{} is not formatted\n", file));
      exit = worse(exit, Exit::findings);
    } else if (auto written = write_policy(file, formatted); !written) {
      all.insert(all.end(), written.error().begin(), written.error().end());
    } else {
      print(fmt::format("{} formatted\n", file));
    }
  }
  report(all, sources);
  return worse(exit, exit_of(all));
}

}  // namespace gopol::cli
