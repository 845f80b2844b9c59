#include "cli/workspace/plan/apply_rights.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace gopol::cli {

using engine::ItemState;

namespace {

/// Whether who runs this could write to root's files: root itself, and on a recorded machine
/// everybody, whose files they are.
bool could_write_roots(const Workspace& workspace) { return workspace.recorded || is_root(); }

/// By item: whether its change reaches beyond the home of root, who runs this, or does not say what
/// it writes. None if somebody else runs it: then what is root's is known by its demands.
std::vector<bool> roots_files(const engine::Planned& planned, const Options& options,
                              const Workspace& workspace) {
  std::vector<bool> out(planned.plan.items.size());
  if (workspace.recorded || !is_root() || options.unsigned_policy) return out;
  const dsl::Path& home = workspace.host->system().user().home;
  for (const engine::PlannedChange& one : planned.plan.changes) {
    const auto writes = one.prepared.all_writes();
    const bool outside =
        writes.empty() || std::any_of(writes.begin(), writes.end(), [&](const auto& write) {
          return !write.path.is_within(home);
        });
    for (const std::uint32_t item : one.items) out[item] = outside;
  }
  return out;
}

}  // namespace

dsl::Diagnostics forbidden_unsigned(const engine::Planned& planned, const Options& options,
                                    const Workspace& workspace) {
  dsl::Diagnostics out;
  const std::vector<bool> roots = roots_files(planned, options, workspace);
  for (const engine::Item& item : planned.plan.items) {
    if (item.state != ItemState::change) continue;
    const dsl::Schema* family = workspace.schemas.find(item.slot.family);
    const auto& attributes = family->attributes;
    const auto shape = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const auto& a) { return a.name == item.slot.attribute; });
    const bool code = item.rule != engine::no_rule && shape != attributes.end() &&
                      shape->runs_code != nullptr &&
                      (item.target.is_unknown() || shape->runs_code(item.slot, item.target));
    const bool roots_file = roots[static_cast<std::size_t>(&item - planned.plan.items.data())];
    const bool is_said = options.unsigned_policy && could_write_roots(workspace);
    const bool needs_root = item.demands.needs_root && !is_said;
    if (!code && !needs_root && !roots_file) continue;
    out.push_back(
        dsl::problem("T6001", item.place,
                     fmt::format("an unsigned policy may not set `{}`: it would {}",
                                 dsl::to_text(item.slot), code ? "run code" : "touch root's files"),
                     code ? "runs code" : "needs root",
                     !code && could_write_roots(workspace)
                         ? "put the policy into a signed source, or give `--unsigned`"
                         : "put the policy into a signed source, or leave this to its owner"));
  }
  return out;
}

bool is_root() { return ::geteuid() == 0; }

namespace {

/// sudo asks at the terminal itself, wherever our own words go.
bool may_ask_for_password() {
  return ::isatty(STDIN_FILENO) == 1 &&
         (::isatty(STDOUT_FILENO) == 1 || ::isatty(STDERR_FILENO) == 1);
}

}  // namespace

RootRight root_right(const Options& options, const Workspace& workspace) {
  if (options.no_sudo) return {RootWay::nobody, "`--no-sudo` was given"};
  if (workspace.recorded) {
    std::string why = recorded_sudo_refusal(workspace);
    return {why.empty() ? RootWay::here : RootWay::nobody, std::move(why)};
  }
  if (!options.as_user.empty()) return {RootWay::started, ""};
  if (is_root()) return {RootWay::here, ""};
  if (may_ask_for_password()) return {RootWay::sudo, ""};
  return {RootWay::nobody, "there is no terminal to ask for a password at"};
}

}  // namespace gopol::cli
