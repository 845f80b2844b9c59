#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/workspace/policy_store.h"
#include "cli/workspace/workspace.h"
#include "engine/source/trust.h"

namespace gopol::cli {

/// What `pull` found out about one source.
struct SourcePull {
  enum class State { same, fresh, offline, refused };

  const engine::ConfiguredSource* source = nullptr;
  std::string id;             ///< of its entry of the floor
  engine::FloorEntry before;  ///< as it was; without a commit: nothing was known
  engine::FloorEntry last;    ///< what it is judged by; without a commit: nothing
  State state = State::same;
  dsl::Diagnostics offline;  ///< why nobody was heard
  dsl::Diagnostics refusal;  ///< of a refused one: T60.., what its source has is not to be used
  engine::Pulled pulled;     ///< of a fresh one
  engine::Signer signer;     ///< of a fresh one; empty: nobody
  std::optional<engine::Keys> keys;
  std::map<std::string, std::string>
      files;  ///< of a fresh one: what the policy reads beside itself
};

/// Asks a source for what it has and verifies it; nothing is parsed, nothing written. `anew`: a
/// person accepts what is there, whatever was before. Errors: what pull_policy and judge say.
dsl::Result<SourcePull> pull_source(const engine::ConfiguredSource& source,
                                    const PolicyStore& store, const Workspace& workspace,
                                    bool anew);

/// Remembers what was refused: plan, apply and status say so until a pull passes (verified_bundle).
/// Errors: R4101, R4006, R4002.
dsl::Result<dsl::Done> keep_refusals(const std::vector<SourcePull>& pulls, PolicyStore& store);

/// Reads the policies of all pulls as one, those that are the same from their bundles, then keeps
/// the fresh ones: bundles first, then the floor that names them. Errors: of a policy that would
/// not work, T6007, R4101; then nothing was kept.
dsl::Result<dsl::Done> keep(std::vector<SourcePull>& pulls, PolicyStore& store,
                            Workspace& workspace, dsl::Diagnostics& warnings);

}  // namespace gopol::cli
