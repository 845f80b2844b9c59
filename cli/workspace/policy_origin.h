#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/workspace/workspace.h"
#include "engine/real/real_network.h"
#include "engine/source/policy_source.h"

namespace gopol::cli {

/// One text of a policy and where it came from.
struct PolicyText {
  std::string name;  ///< what diagnostics print; its own among all texts of a run
  std::string text;
  std::string path;    ///< as the user gave it, or inside of the commit
  std::string commit;  ///< empty: a local file
  /// Another file of the commit, by its path from the top of the repository.
  std::function<dsl::Result<std::string>(const std::string& path)> read = {};
  bool accepted = false;    ///< it may be used without a word: signed, or accepted unsigned
  std::string signer = {};  ///< empty: nobody signed it
  std::string age = {};     ///< since the server was last heard, if that is worth a word
  /// What stands behind `path` in `name`, and in the names of what it imports.
  std::string suffix = {};
  const engine::Bundle* bundle = nullptr;    ///< that it lies in; nullptr: in none
  std::optional<dsl::SourceId> source = {};  ///< of the workspace, once it is loaded
};

/// The texts that the options name: a file, `--source`, else the verified policies of the
/// configured sources (cli/workspace/policy_store.h), else the one `*.policy` file here or upward.
/// Errors: P0001; T60.. for a source that was not verified; R4002 from fetching.
dsl::Result<std::vector<PolicyText>> policy_texts(const Options& options, Workspace& workspace);

/// Several repositories may have files of one name: then their commits tell them apart.
void name_apart(std::vector<PolicyText>& texts);

/// Where gopol-net is and how it reaches the network.
engine::NetSettings net_settings(const engine::Config& config);

void show_progress(const engine::NetProgress& progress);

}  // namespace gopol::cli
