#include "cli/workspace/machine/recorded_facts.h"

#include "cli/workspace/policy_file.h"
#include "cli/workspace/redact.h"
#include "cli/workspace/snapshot.h"
#include "engine/encoding/moment.h"
#include "engine/plan/planning.h"

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

}  // namespace

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
                                    const engine::World& world) {
  const std::string machine = text_of({"machine", {}, "name", {}}, world);
  SnapshotOrigin origin{machine, engine::moment_text(world.host.system().now())};
  if (options.redact) redact({machine, text_of({"user", {}, "name", {}}, world)}, facts, origin);
  return write_policy(options.record, snapshot_text(facts, origin));
}

}  // namespace gopol::cli
