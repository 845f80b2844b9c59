#include <fmt/format.h>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/profile_text.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/machine/tcc_profile.h"
#include "cli/workspace/policy_file.h"

namespace gopol::cli {
namespace {

namespace tcc = providers::tcc;

dsl::Result<dsl::Done> write(const TccProfile& made, const Options& options) {
  const std::string text =
      tcc::mobileconfig(made.entries, {options.identifier, options.organization});
  if (options.output.empty()) {
    print(text);
    return dsl::Done{};
  }
  if (auto written = write_policy(options.output, text); !written) return written;
  print(profile_written(options.output, made.entries.size()));
  return dsl::Done{};
}

}  // namespace

Exit profile_command(const Options& options) {
  return with_policy(
      options, Access::read, [&](Workspace& workspace, LoadedPolicy& loaded) -> dsl::Result<Exit> {
        const auto made = tcc_profile(loaded.policy, workspace);
        if (!made) return made.error();
        print_error(left_out_text(made->left_out));
        if (made->entries.empty() && made->refused.empty())
          return dsl::problem("P0001", "no rule that applies here says anything of `tcc.grant`",
                              "write `warn access { tcc.grant \"com.apple.Terminal\" { "
                              "SystemPolicyAllFiles = allowed } }`");
        print_error(notes_text(made->entries));
        report(made->refused, workspace.sources);
        if (!made->entries.empty()) {
          if (auto written = write(*made, options); !written) return written.error();
        }
        return made->refused.empty() ? Exit::clean : Exit::findings;
      });
}

}  // namespace gopol::cli
