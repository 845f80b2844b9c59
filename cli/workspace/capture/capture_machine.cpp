#include "cli/workspace/capture/capture_machine.h"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "cli/workspace/machine/examine.h"
#include "cli/workspace/plan/make_plan.h"
#include "engine/capture/noting_host.h"
#include "engine/real/confine.h"
#include "providers/go/run/effective.h"

namespace gopol::cli {
namespace {

using Lines = std::set<std::string, std::less<>>;

void add_lines(std::string_view text, Lines& out) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.emplace(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// What the policy itself says of a file's lines.
void add_wanted(const dsl::Allowed& allowed, Lines& out) {
  for (const auto* some : {&allowed.includes, &allowed.excludes}) {
    for (const std::string& line : *some) add_lines(line, out);
  }
  if (!allowed.one_of) return;
  for (const dsl::Value& value : *allowed.one_of) {
    if (const auto* text = value.as<std::string>()) add_lines(*text, out);
    if (const auto* list = value.as<dsl::List>()) {
      for (const std::string& line : list->items) add_lines(line, out);
    }
  }
}

/// Of files that only the policy names, only lines that it names: what else they hold is nobody's
/// business. `before`: what was read before anybody asked for the plan.
void hide_free_text(const engine::Plan& plan, const engine::Notes& before, engine::Notes& notes) {
  std::map<std::string, Lines> files;
  for (const engine::Item& item : plan.items) {
    if (item.slot.family != "file" && item.slot.family != "line") continue;
    add_wanted(item.allowed, files[item.slot.key]);
  }
  for (const auto& [file, lines] : files) {
    if (before.reads_of(file).empty()) notes.hide_lines(file, lines);
  }
}

/// Asks what a plan of the policy asks. A policy that nobody named and that is not there is none.
dsl::Result<dsl::Done> ask_for_plan(const Options& options, Workspace& workspace,
                                    engine::Notes& notes) {
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
  const engine::Notes before = notes;
  const MadePlan made = make_plan(policy, *loaded, workspace);
  if (!made.planned) return made.planned.error();
  hide_free_text(made.planned->plan, before, notes);
  return dsl::Done{};
}

}  // namespace

dsl::Result<engine::Notes> capture_machine(const Options& options, Workspace& workspace) {
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
  const auto asked = ask_for_plan(options, workspace, notes);
  workspace.host = nullptr;  // it borrows the notes and the machine
  if (!asked) return asked.error();
  return notes;
}

}  // namespace gopol::cli
