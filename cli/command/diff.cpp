#include <fmt/format.h>

#include <string>
#include <utility>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/diff/formats.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/diff_sides.h"
#include "cli/workspace/fleet_files.h"

namespace gopol::cli {
namespace {

dsl::Result<Exit> compare(const Options& options, Workspace& workspace) {
  const auto gate = parse_diff_gate(options.fail_on == "error" ? "" : options.fail_on);
  if (!gate) return gate.error();
  auto sides = diff_sides(options, workspace);
  if (!sides) return sides.error();
  const auto was = policy_of(sides->was, workspace);
  if (!was) return was.error();
  const auto is = policy_of(sides->is, workspace);
  if (!is) return is.error();
  DiffReport out{sides->was.name,  sides->is.name, engine::compare_rules(*was, *is), {}, {},
                 workspace.sources};
  if (!options.fleet.empty()) {
    engine::FleetComparison fleet(*was, *is, workspace.schemas);
    auto unreadable = replay_fleet(options.fleet, fleet);
    if (!unreadable) return unreadable.error();
    out.unreadable = std::move(*unreadable);
    out.fleet = fleet.report();
  }
  print(diff_in_format(out, *gate, options.json ? "json" : options.format, terminal_of(stdout)));
  const auto stopped = stopped_by(*gate, out);
  for (const std::string& line : stopped)
    print_error(fmt::format("stopped by --fail-on: {}\n", line));
  return stopped.empty() ? Exit::clean : Exit::findings;
}

}  // namespace

Exit diff_command(const Options& options) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    auto exit = compare(options, workspace);
    if (exit) leave(*exit);
    return exit;
  });
}

}  // namespace gopol::cli
