#include "cli/workspace/machine/recorded_facts.h"

#include <fmt/format.h>

#include <random>
#include <utility>

#include "cli/workspace/policy_file.h"
#include "cli/workspace/redact.h"
#include "cli/workspace/snapshot.h"
#include "engine/encoding/moment.h"
#include "engine/plan/disclosure.h"
#include "engine/plan/planning.h"
#include "engine/record/state_folder.h"

namespace gopol::cli {
namespace {

dsl::Result<dsl::Done> add_policy_facts(const Options& options, Workspace& workspace,
                                        engine::Facts& facts) {
  Options policy = options;
  policy.arguments = {options.policy};
  dsl::Diagnostics warnings;
  const auto loaded = load_policy(policy, workspace, warnings);
  if (!loaded) return loaded.error();
  const auto planned = engine::plan_on(loaded->policy, workspace.world(), {});
  if (!planned) return planned.error();
  for (const engine::Observation& one : planned->facts.all()) facts.add(one);
  return dsl::Done{};
}

/// What a fact says; empty if it is not known.
std::string text_of(const engine::Slot& slot, const engine::World& world) {
  const dsl::Value value = engine::look(slot, world).value;
  return value.is_known() ? dsl::to_text(value) : "";
}

std::string made_up_key() {
  std::random_device chance;
  std::string out;
  for (int i = 0; i < 8; ++i) out += fmt::format("{:08x}", chance());
  return out;
}

/// The key of a fleet's hashes: of the file that is named, else this machine's own, made up once. A
/// recorded machine is not written to: its key is for this run.
dsl::Result<std::string> redaction_key(const Options& options, Workspace& workspace) {
  if (!options.hash_key.empty()) return read_policy(options.hash_key);
  if (workspace.recorded) return made_up_key();
  const dsl::Path file = engine::state_folder(workspace.host->system()) / "redaction.key";
  auto kept = std::as_const(*workspace.host).disk().read(file);
  if (!kept) return kept.error();
  if (*kept && !(*kept)->empty()) return std::move(**kept);
  std::string key = made_up_key();
  auto written = workspace.host->disk().replace(file, key, {.mode = 0600});
  if (!written) return written.error();
  return key;
}

}  // namespace

engine::Facts fit_to_show(const engine::Facts& facts) {
  engine::Facts out;
  for (engine::Observation one : facts.all()) {
    one.value = engine::shown(one.slot, std::move(one.value));
    out.add(std::move(one));
  }
  return out;
}

dsl::Result<engine::Facts> gathered_facts(const std::vector<engine::Slot>& slots,
                                          const Options& options, const engine::World& world,
                                          Workspace& workspace) {
  std::vector<engine::Wish> wishes;
  for (const auto& slot : slots) wishes.push_back({slot});
  engine::Facts out;
  engine::collect(wishes, world.providers, world.host, out);
  if (options.policy.empty()) return out;
  if (auto added = add_policy_facts(options, workspace, out); !added) return added.error();
  return out;
}

dsl::Result<dsl::Done> record_facts(engine::Facts facts, const Options& options,
                                    Workspace& workspace) {
  const engine::World world = workspace.world();
  const std::string machine = text_of({"machine", {}, "name", {}}, world);
  SnapshotOrigin origin{machine, engine::moment_text(world.host.system().now())};
  if (options.redact) {
    const auto key = redaction_key(options, workspace);
    if (!key) return key.error();
    const std::string user = text_of({"user", {}, "name", {}}, world);
    redact({{machine, user}, *key}, workspace.schemas, facts, origin);
  }
  const std::string text = snapshot_text(facts, origin);
  return options.redact ? write_policy(options.record, text) : write_private(options.record, text);
}

}  // namespace gopol::cli
