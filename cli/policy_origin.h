#pragma once

#include <string>
#include <vector>

#include "cli/workspace.h"
#include "engine/net_client.h"
#include "engine/policy_source.h"

namespace gopol::cli {

/// One text of a policy and where it came from.
struct PolicyText {
  std::string name;  ///< what diagnostics print; its own among all texts of a run
  std::string text;
  std::string path;          ///< as the user gave it, or inside of the commit
  std::string commit;        ///< empty: a local file
  engine::SourceRef source;  ///< of a commit: where it was fetched from
  bool accepted = false;     ///< somebody wrote down that it may be used unsigned
};

/// The texts that the options name: a file, `--source`, else the configured sources, else the one
/// `*.policy` file here or upward. Errors: P0001; T6003 for a source without `trust`; R4002 from
/// fetching.
dsl::Result<std::vector<PolicyText>> policy_texts(const Options& options,
                                                  const Workspace& workspace);

/// Where gopol-net is and how it reaches the network.
engine::NetSettings net_settings(const engine::Config& config);

void show_progress(const engine::NetProgress& progress);

}  // namespace gopol::cli
