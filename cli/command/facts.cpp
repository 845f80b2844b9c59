#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/fact_names.h"
#include "cli/workspace/policy_file.h"
#include "cli/workspace/redact.h"
#include "cli/workspace/snapshot.h"
#include "cli/workspace/workspace.h"
#include "engine/encoding/moment.h"
#include "engine/host/read_once.h"
#include "engine/plan/disclosure.h"
#include "engine/record/state_folder.h"

namespace gopol::cli {
namespace {

std::string lines(const engine::Facts& facts) {
  std::size_t width = 0;
  for (const auto& one : facts.all())
    width = std::max(width, std::min<std::size_t>(44, dsl::to_text(one.slot).size()));
  std::string out;
  for (const auto& one : facts.all()) {
    std::string value = presentable(dsl::to_text(engine::shown(one.slot, one.value)));
    if (const auto* unknown = one.value.as<dsl::Unknown>())
      value = "unknown: " + presentable(unknown->reason, 200);
    out += fmt::format("{:<{}}  {}", dsl::to_text(one.slot), width, value);
    if (!one.origin.empty()) out += fmt::format("   ({})", presentable(one.origin, 200));
    out += '\n';
    for (const std::string& finding : one.findings)
      out += fmt::format("{:<{}}  {}\n", "", width, presentable(finding, 200));
  }
  return out;
}

/// The facts without what only their owner may read.
engine::Facts fit_to_show(const engine::Facts& facts) {
  engine::Facts out;
  for (engine::Observation one : facts.all()) {
    one.value = engine::shown(one.slot, std::move(one.value));
    out.add(std::move(one));
  }
  return out;
}

/// What a policy reads and asserts, so that a plan can be made from the snapshot alone.
dsl::Result<dsl::Done> add_policy_facts(const Options& options, Workspace& workspace,
                                        engine::Facts& facts) {
  Options policy = options;
  policy.arguments = {options.policy};
  dsl::Diagnostics warnings;
  const auto loaded = load_policy(policy, workspace, warnings);
  if (!loaded) return loaded.error();
  const engine::Host& reading = *workspace.host;
  const auto planned = engine::plan_on(loaded->policy, workspace.schemas, workspace.providers,
                                       reading, engine::Ledger{});
  if (!planned) return planned.error();
  for (const engine::Observation& one : planned->facts.all()) facts.add(one);
  return dsl::Done{};
}

/// What a fact says; nothing if it is not known.
std::string text_of(engine::Slot slot, const engine::Host& host, const Workspace& workspace) {
  const engine::Wish wish{slot};
  engine::Facts facts;
  engine::collect(std::span(&wish, 1), workspace.providers, host, facts);
  const dsl::Value& value = facts.value(slot);
  return value.is_known() ? dsl::to_text(value) : "";
}

/// The key of a fleet's hashes: of the file that is named, else this machine's own, made up once.
dsl::Result<std::string> redaction_key(const Options& options, Workspace& workspace) {
  if (!options.hash_key.empty()) return read_policy(options.hash_key);
  const engine::Host& host = *workspace.host;
  const dsl::Path file = engine::state_folder(host.system()) / "redaction.key";
  auto kept = host.disk().read(file);
  if (!kept) return kept.error();
  if (*kept && !(*kept)->empty()) return std::move(**kept);
  std::random_device chance;
  std::string key;
  for (int i = 0; i < 8; ++i) key += fmt::format("{:08x}", chance());
  auto written = workspace.host->disk().replace(file, key, {.mode = 0600});
  if (!written) return written.error();
  return key;
}

dsl::Result<dsl::Done> record(const Options& options, const engine::Host& host,
                              Workspace& workspace, engine::Facts& facts) {
  const std::string machine = text_of({"machine", {}, "name", {}}, host, workspace);
  SnapshotOrigin origin{machine, engine::moment_text(host.system().now())};
  if (options.redact) {
    const auto key = redaction_key(options, workspace);
    if (!key) return key.error();
    const std::string user = text_of({"user", {}, "name", {}}, host, workspace);
    redact({{machine, user}, *key}, workspace.schemas, facts, origin);
  }
  const std::string text = snapshot_text(facts, origin);
  return options.redact ? write_policy(options.record, text) : write_private(options.record, text);
}

}  // namespace

Exit facts_command(const Options& options) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    const engine::Host reading = engine::read_once(*workspace.host);
    const auto slots =
        slots_named(options.arguments, workspace.providers, workspace.schemas, reading);
    if (!slots) {
      report(slots.error(), workspace.sources);
      return Exit::usage;
    }
    std::vector<engine::Wish> wishes;
    for (const auto& slot : *slots) wishes.push_back({slot});
    engine::Facts facts;
    engine::collect(wishes, workspace.providers, reading, facts);
    if (!options.policy.empty()) {
      if (auto added = add_policy_facts(options, workspace, facts); !added) return added.error();
    }
    if (!options.record.empty()) {
      if (auto written = record(options, reading, workspace, facts); !written)
        return written.error();
      print(fmt::format("{} facts recorded in {}\n", facts.all().size(), options.record));
      return Exit::clean;
    }
    print(options.json ? snapshot_text(fit_to_show(facts)) : lines(facts));
    return Exit::clean;
  });
}

}  // namespace gopol::cli
