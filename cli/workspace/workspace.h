#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/workspace/options.h"
#include "dsl/policy/policy.h"
#include "dsl/syntax/module.h"
#include "engine/config/config.h"
#include "engine/plan/ledger.h"
#include "engine/plan/planning.h"
#include "engine/recorded/machine_file.h"
#include "engine/source/bundle.h"
#include "providers/providers.h"

namespace gopol::cli {

/// What a command works with: the machine, its configuration, who knows what.
struct Workspace {
  dsl::SourceMap sources;
  std::unique_ptr<engine::Host> host;
  engine::Config config;
  engine::Providers providers;
  dsl::Schemas schemas;
  std::vector<std::unique_ptr<engine::Bundle>> bundles;  ///< verified policies that texts lie in
  struct Bundled {
    const engine::Bundle* bundle;
    std::string path;  ///< in its commit
  };
  std::map<std::uint32_t, Bundled> bundled;  ///< by SourceId::index: the texts that lie in bundles
  bool recorded = false;
  std::optional<engine::SudoAnswer> recorded_sudo;  ///< what machine.toml says of it
  dsl::Diagnostics plugin_errors;  ///< of plugins that did not load; the others did

  engine::World world() const { return {providers, schemas, *host}; }
};

/// Where a plan's policy came from, for its first line.
struct PolicyOrigin {
  std::string name;          ///< `mac-go.policy`
  std::string commit;        ///< empty: a local file
  std::string trust;         ///< `unsigned`, `signed by ann@corp.example`
  std::string age;           ///< `pulled 3 d ago`, if that is worth a word
  std::string file;          ///< the file's own name: what the ledger knows the policy by
  std::string version = {};  ///< its commit, or a hash of its text
};

enum class Access { read, write };

/// Opens this machine or the recorded one; fills `into`, whose sources the errors point into.
dsl::Result<dsl::Done> open_workspace(const Options& options, Access access, Workspace& into);

/// A policy and where it came from.
struct LoadedPolicy {
  PolicyOrigin origin;
  dsl::Program program;
  dsl::Policy policy;
  bool accepted = false;   ///< it may be used without `--unsigned`
  bool is_signed = false;  ///< all of it: it may set what runs code, and touch root's files
};

struct PolicyText;

/// Parses and checks texts that were read already.
dsl::Result<LoadedPolicy> load_texts(std::vector<PolicyText> texts, Workspace& workspace,
                                     dsl::Diagnostics& warnings);

/// Reads or fetches, parses and checks the policy that the options name
/// (cli/workspace/policy_origin.h).
dsl::Result<LoadedPolicy> load_policy(const Options& options, Workspace& workspace,
                                      dsl::Diagnostics& warnings);

/// Today on the workspace's machine; nothing if it cannot tell.
std::optional<dsl::Date> today_of(const Workspace& workspace);

/// P3105, as warnings: waivers whose last day is past on the workspace's machine.
void warn_of_expired_waivers(const dsl::Policy& policy, const Workspace& workspace,
                             dsl::Diagnostics& warnings);

/// The ledger of the workspace's machine; empty if it was never written.
dsl::Result<engine::Ledger> load_ledger(const Workspace& workspace);

/// What runs did here before, for a plan of the policy. It borrows the ledger.
engine::Past past_of(const LoadedPolicy& loaded, const Options& options, const Workspace& workspace,
                     const engine::Ledger* ledger);

/// The folder that this program lies in, links resolved.
dsl::Path program_folder();

/// The folder of data files that are installed with gopol: $GOPOL_SHARE, else beside the program.
dsl::Path share_folder();

/// Why a recorded machine's sudo lets its user not in; empty: it does. Where machine.toml is silent
/// it refuses, as on a real Mac, who is no administrator.
std::string recorded_sudo_refusal(const Workspace& workspace);

/// Prints diagnostics to standard error.
void report(const dsl::Diagnostics& diagnostics, const dsl::SourceMap& sources);

}  // namespace gopol::cli
