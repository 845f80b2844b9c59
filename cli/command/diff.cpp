#include <fmt/format.h>

#include <string>
#include <utility>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/diagnostics_github.h"
#include "cli/print/diagnostics_sarif.h"
#include "cli/print/diff/gate.h"
#include "cli/print/diff/report.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/diff_sides.h"
#include "cli/workspace/fleet_files.h"
#include "cli/workspace/policy_files.h"
#include "cli/workspace/policy_imports.h"
#include "cli/workspace/workspace.h"
#include "dsl/check/check.h"

namespace gopol::cli {
namespace {

dsl::Result<dsl::Policy> policy_of(DiffSide& side, Workspace& workspace) {
  dsl::Diagnostics warnings;  // `check` is there to show them
  auto program = load_program(side.texts, workspace, warnings);
  if (!program) return program.error();
  auto policy = dsl::check(*program, workspace.schemas, warnings);
  if (!policy) return policy.error();
  if (auto brought = bring_files(side.texts, workspace, *policy); !brought) return brought.error();
  return policy;
}

void print_report(const DiffReport& report, const DiffGate& gate, const Options& options) {
  const std::string& format = options.json ? "json" : options.format;
  if (format == "json") {
    print(diff_json(report));
  } else if (format == "markdown") {
    print(diff_markdown(report));
  } else if (format == "junit") {
    print(diff_junit(gate, report));
  } else if (format == "sarif") {
    print(diagnostics_sarif(diff_diagnostics(gate, report), report.sources));
  } else if (format == "github") {
    print(diagnostics_github(diff_diagnostics(gate, report), report.sources));
  } else {
    print(diff_text(report, terminal_of(stdout)));
  }
}

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
  print_report(out, *gate, options);
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
