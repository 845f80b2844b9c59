#include "cli/workspace/plan/saved_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "cli/terminal/version.h"
#include "cli/workspace/policy_file.h"
#include "cli/workspace/policy_store.h"
#include "cli/workspace/snapshot.h"
#include "engine/encoding/moment.h"
#include "engine/encoding/sha256.h"
#include "engine/real/real_disk.h"
#include "engine/source/source_identity.h"

namespace gopol::cli {
namespace {

std::string counted(std::string_view text) { return fmt::format("{}:{}", text.size(), text); }

/// Which machine a plan is for. A recorded one is told by what it recorded.
dsl::Result<std::string> machine_id(const Workspace& workspace) {
  const auto seen = engine::look({"machine", {}, "id", {}}, workspace.world());
  if (const auto* id = seen.value.as<std::string>()) return *id;
  return dsl::problem("R4002", "it is not known which machine this is",
                      "`gopol facts machine.id` says why");
}

/// Releases, archives, what is known to be bad: a plan may rest on any of them.
dsl::Result<std::string> knowledge_hash() {
  const auto disk = engine::real_disk();
  const dsl::Path share = share_folder();
  std::vector<dsl::Path> files{share / "downloads.json", share / "xcode-releases.csv"};
  const auto names = disk->list(share / "knowledge");
  if (!names) return names.error();
  for (const std::string& name : *names) files.push_back(share / "knowledge" / name);
  std::string all;
  for (const dsl::Path& file : files) {
    const auto text = disk->read(file);
    if (!text) return text.error();
    all += counted(file.name()) + counted(text->value_or(""));
  }
  return engine::sha256(all);
}

SavedOrigin origin_of(const Options& options, const Workspace& workspace,
                      const LoadedPolicy& loaded) {
  SavedOrigin out;
  out.name = loaded.origin.name;
  out.commit = loaded.origin.commit;
  out.trust = loaded.origin.trust;
  out.is_signed = loaded.is_signed;
  if (!options.source.empty()) {
    out.source = options.source;
    out.branch = options.branch;
    out.path = options.path;
  } else if (!options.arguments.empty() || workspace.config.sources.empty()) {
    out.file = loaded.origin.name;
    out.folder = absolute(".").text;
  } else {
    const auto disk = engine::real_disk();
    for (const engine::ConfiguredSource& source : workspace.config.sources)
      out.sources.push_back(fmt::format(
          "{} {}", engine::identity_of(*disk, source.url, source.path).resolved, ref_text(source)));
    std::sort(out.sources.begin(), out.sources.end());
  }
  return out;
}

}  // namespace

std::string policy_hash(const LoadedPolicy& loaded, const dsl::SourceMap& sources) {
  std::string all;
  for (const dsl::Tree& tree : loaded.program.trees) all += counted(sources.text(tree.source));
  for (const auto& rule : loaded.policy.rules) {
    for (const dsl::Assertion& assertion : rule.assertions) {
      if (assertion.slot.family == "file" && assertion.slot.attribute == "content")
        all += counted(dsl::to_text(assertion.allowed));
    }
  }
  return engine::sha256(all);
}

std::vector<SavedItem> saved_items(const engine::Plan& plan, const dsl::Policy& policy,
                                   const dsl::SourceMap& sources) {
  std::vector<SavedItem> out;
  for (const engine::Item& item : plan.items) {
    out.push_back({engine::agreement_of(item, policy),
                   item.rule == engine::no_rule
                       ? ""
                       : fmt::format("{}:{}", sources.name(item.place.source),
                                     sources.locate(item.place.source, item.place.begin).line)});
  }
  return out;
}

dsl::Result<SavedPlan> saved_plan(const Options& options, const Workspace& workspace,
                                  const LoadedPolicy& loaded, const std::string& policy_hash,
                                  const MadePlan& made, const engine::Ledger& ledger) {
  const engine::Planned& planned = *made.planned;
  auto machine = machine_id(workspace);
  if (!machine) return machine.error();
  auto knowledge = knowledge_hash();
  if (!knowledge) return knowledge.error();
  SavedPlan out;
  out.version = version_text;
  out.machine = std::move(*machine);
  out.at = engine::moment_text(workspace.host->system().now());
  out.origin = origin_of(options, workspace, loaded);
  out.policy = policy_hash;
  out.facts = engine::sha256(snapshot_text(planned.facts));
  out.ledger = engine::sha256(ledger.text());
  out.knowledge = std::move(*knowledge);
  out.items = saved_items(planned.plan, loaded.policy, workspace.sources);
  for (const Consequence& one : made.afterwards) out.afterwards.push_back(to_text(one));
  return out;
}

dsl::Result<dsl::Done> write_saved_plan(const SavedPlan& plan, const std::string& file) {
  return write_private(file, to_text(plan));
}

}  // namespace gopol::cli
