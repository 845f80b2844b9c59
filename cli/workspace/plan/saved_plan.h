#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/workspace/options.h"
#include "cli/workspace/plan/make_plan.h"
#include "cli/workspace/workspace.h"
#include "dsl/value/result.h"
#include "engine/plan/agreement.h"
#include "engine/plan/planning.h"

namespace gopol::cli {

/// One line of a saved plan: everything that a person agrees to, and what it rests on.
struct SavedItem {
  engine::Agreement agreed;
  std::string place;  ///< file:line
};

/// Where `apply` finds the policy again: a file, `--source`, or the configured sources.
struct SavedOrigin {
  std::string file, folder;               ///< as it was named, in which working folder
  std::string source, branch, path;       ///< neither these nor a file: the configured sources
  std::string name, commit, trust;        ///< for people
  std::vector<std::string> sources = {};  ///< configured: the repository, and what of it
  bool is_signed = false;
};

/// A plan that is agreed to now and carried out later. The hashes say what it was made from.
struct SavedPlan {
  std::string version;  ///< gopol's
  std::string machine;  ///< machine.id
  std::string at;       ///< 2026-11-23T14:03:00Z
  SavedOrigin origin;
  std::string policy, facts, ledger, knowledge;  ///< SHA-256
  std::vector<SavedItem> items;
  std::vector<std::string> afterwards;  ///< for people
};

/// SHA-256 over the texts of a policy, what they import and the files that rules copy from.
/// `loaded.program` must still be there.
std::string policy_hash(const LoadedPolicy& loaded, const dsl::SourceMap& sources);

/// Errors: R4002 if the machine's id or gopol's data files cannot be read.
dsl::Result<SavedPlan> saved_plan(const Options& options, const Workspace& workspace,
                                  const LoadedPolicy& loaded, const std::string& policy_hash,
                                  const MadePlan& made, const engine::Ledger& ledger);
std::vector<SavedItem> saved_items(const engine::Plan& plan, const dsl::Policy& policy,
                                   const dsl::SourceMap& sources);

/// One JSON document; its last member is the hash of the rest.
std::string to_text(const SavedPlan& plan);
/// Errors (P0001): cut off, changed by hand, of a newer gopol.
dsl::Result<SavedPlan> parse_saved_plan(std::string_view text, const std::string& file);

/// Written for its owner alone, 0600. A file that leads out of the repository around it is T6009.
dsl::Result<dsl::Done> write_saved_plan(const SavedPlan& plan, const std::string& file);

}  // namespace gopol::cli
