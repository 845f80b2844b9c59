#include <fmt/format.h>

#include <utility>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/machine/examine.h"
#include "cli/workspace/plan/make_plan.h"
#include "cli/workspace/policy_file.h"
#include "engine/capture/noting_host.h"
#include "engine/real/confine.h"
#include "providers/go/run/effective.h"

namespace gopol::cli {
namespace {

/// Asks what a plan of the policy asks. A policy that nobody named and that is not there is none.
dsl::Result<dsl::Done> ask_for_plan(const Options& options, Workspace& workspace) {
  Options policy = options;
  if (!options.policy.empty()) policy.arguments = {options.policy};
  dsl::Diagnostics warnings;
  const auto loaded = load_policy(policy, workspace, warnings);
  if (!loaded) {
    const bool none = options.policy.empty() &&
                      dsl::kind_of(loaded.error().front()) == dsl::DiagnosticKind::usage;
    if (none) return dsl::Done{};
    return loaded.error();
  }
  const MadePlan made = make_plan(policy, *loaded, workspace);
  if (!made.planned) return made.planned.error();
  return dsl::Done{};
}

}  // namespace

Exit capture_command(const Options& options) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    warn_of_plugins(workspace);
    engine::Notes notes;
    for (const auto& [name, label] : workspace.config.labels)
      notes.labels[name] = {label.value, label.system_wide};
    const auto machine = std::exchange(workspace.host, nullptr);
    workspace.host = std::make_unique<engine::Host>(engine::noting_host(*machine, notes));
    examine(workspace);
    engine::run_confined([&] {
      providers::go::effective_go(std::as_const(*workspace.host),
                                  workspace.host->system().user().home);
    });
    const auto asked = ask_for_plan(options, workspace);
    workspace.host = nullptr;  // it borrows the notes and the machine
    if (!asked) return asked.error();
    const std::string text = notes.text();
    if (auto written = write_private(options.output, text); !written) return written.error();
    print(fmt::format("{} answers kept in {}, {} KB: read it before you hand it on\n", notes.size(),
                      options.output, (text.size() + 1023) / 1024));
    return Exit::clean;
  });
}

}  // namespace gopol::cli
