#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "cli/command/commands.h"
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

std::size_t broken_laws(const engine::Conformance& plugin) {
  return static_cast<std::size_t>(
      std::count_if(plugin.verdicts.begin(), plugin.verdicts.end(),
                    [](const engine::Verdict& one) { return !one.broken.empty(); }));
}

std::string text_of(const engine::Conformance& plugin) {
  std::string out =
      fmt::format("{}  {}\n", presentable(plugin.program), presentable(plugin.family));
  for (const engine::Verdict& one : plugin.verdicts) {
    if (one.broken.empty())
      out += fmt::format(" ok {}\n", presentable(one.law));
    else
      out += fmt::format(" no {}: {}\n", presentable(one.law), presentable(one.broken, 200));
  }
  if (!plugin.has_undo) out += "    it has no undo: plans mark what it changes as irreversible\n";
  return out;
}

Exit tell(const std::vector<engine::Conformance>& plugins) {
  std::size_t laws = 0, broken = 0;
  for (const engine::Conformance& plugin : plugins) {
    print(text_of(plugin));
    laws += plugin.verdicts.size();
    broken += broken_laws(plugin);
  }
  print(fmt::format("{} plugin{}: {} of {} laws hold\n", plugins.size(),
                    plugins.size() == 1 ? "" : "s", laws - broken, laws));
  return broken == 0 ? Exit::clean : Exit::findings;
}

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
  const Exit told = tell(plugins);
  if (errors.empty()) return told;
  report(errors, dsl::SourceMap());
  return Exit::not_converged;
}

}  // namespace gopol::cli
