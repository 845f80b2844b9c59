#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/workspace/policy_origin.h"
#include "engine/config/config.h"
#include "engine/source/bundle.h"
#include "engine/source/signature.h"
#include "engine/source/trust_floor.h"

namespace gopol::cli {

/// Where verified policies lie: in the state folder of whoever runs this, also if it is another,
/// recorded machine that a plan is made for.
struct PolicyStore {
  std::unique_ptr<engine::Disk> disk;
  std::unique_ptr<engine::Programs> programs;
  std::unique_ptr<engine::System> system;
  dsl::Path state, cache;
  engine::TrustFloor floor;

  dsl::Path floor_file() const { return state / "trust.json"; }
};

/// Errors: T6008 if the trust floor is damaged, T6010 if the clock was set back.
dsl::Result<PolicyStore> open_store();

// Of a configured source.
std::string id_of(const engine::ConfiguredSource& source, const PolicyStore& store);
engine::SourceIdentity identity_of(const engine::ConfiguredSource& source,
                                   const PolicyStore& store);
engine::SourceRef ref_of(const engine::ConfiguredSource& source);
std::string ref_text(
    const engine::ConfiguredSource& source);  ///< `branch main`; empty: the default

/// T6003 if nobody wrote down how far the source is trusted, or if that cannot be kept.
dsl::Result<dsl::Done> check_trust(const engine::ConfiguredSource& source,
                                   const engine::FloorEntry* entry);

/// What the last pull was refused for; it holds until one passes.
dsl::Diagnostic still_refused(const engine::ConfiguredSource& source,
                              const engine::FloorEntry::Refusal& refused,
                              engine::FloorEntry::Time now);

/// What was kept is the policy that the source's `path` now names.
bool is_kept_path(const engine::ConfiguredSource& source, const engine::FloorEntry& entry);

/// T6010 if the server was last heard longer ago than the source allows; a commit gets no older.
dsl::Result<dsl::Done> check_age(const engine::ConfiguredSource& source,
                                 const engine::FloorEntry& entry, engine::FloorEntry::Time now);

/// Who may sign it and who may no more, as it stands today; nothing: nobody need. Errors: T6005.
dsl::Result<std::optional<engine::Keys>> keys_of(const engine::ConfiguredSource& source,
                                                 const engine::FloorEntry& entry,
                                                 const PolicyStore& store);
engine::Verified verified_by(const engine::ConfiguredSource& source,
                             const std::optional<engine::Keys>& keys);

/// The policy of a source as `gopol pull` verified it, unchanged since, with the keys and
/// revocations of today. No program is started. Errors: T6003, T6004 if it was not pulled as the
/// configuration and its keys now say, T6008, T6010, T6014; and what the last pull was refused for.
dsl::Result<engine::Bundle> verified_bundle(const engine::ConfiguredSource& source,
                                            const PolicyStore& store);

/// `pulled 3 d ago`; empty within a day.
std::string age_of(const engine::ConfiguredSource& source, const PolicyStore& store);

/// `90 s`, `5 min`, `3 h`, `12 d`
std::string duration_text(std::chrono::seconds duration);

/// The policy of a bundle, which must outlive it.
PolicyText text_of(const engine::Bundle& bundle);

}  // namespace gopol::cli
