#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "cli/command/commands.h"
#include "cli/print/conformance_text.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/workspace.h"
#include "engine/plugin/conformance.h"
#include "engine/real/programs.h"
#include "engine/real/real_disk.h"
#include "engine/real/real_network.h"
#include "engine/real/real_system.h"
#include "engine/real/scratch.h"

namespace gopol::cli {
namespace {

constexpr std::chrono::milliseconds longest_answer{10'000};

}  // namespace

Exit provider_command(const Options& options) {
  if (options.arguments.front() != "test") {
    report({dsl::problem("P0001", "what of plugins?", "gopol provider test DIR")},
           dsl::SourceMap());
    return Exit::usage;
  }
  const auto scratch = engine::Scratch::make();
  if (!scratch) {
    report(scratch.error(), dsl::SourceMap());
    return Exit::not_converged;
  }
  // A home of their own: the user's stays as it is.
  const dsl::Path home = dsl::Path(scratch->path()) / "home";
  ::setenv("HOME", home.text.c_str(), 1);
  engine::Host host(engine::real_disk(), engine::real_programs(), engine::real_system(),
                    engine::net_client({}, nullptr));
  if (const auto made = host.disk().make_folder(home, {.mode = 0700}); !made) {
    report(made.error(), dsl::SourceMap());
    return Exit::not_converged;
  }
  const dsl::Path folder(std::filesystem::absolute(options.arguments.back()).string());
  dsl::Diagnostics errors;
  const auto plugins = engine::try_plugins(folder, home, host, longest_answer, errors);
  print(conformance_text(plugins));
  report(errors, dsl::SourceMap());
  if (!errors.empty()) return Exit::not_converged;
  const bool kept = std::all_of(plugins.begin(), plugins.end(),
                                [](const auto& one) { return broken_laws(one) == 0; });
  return kept ? Exit::clean : Exit::findings;
}

}  // namespace gopol::cli
