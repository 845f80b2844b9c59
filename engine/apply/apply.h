#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/apply/maker.h"
#include "engine/plan/planning.h"
#include "engine/record/journal.h"
#include "engine/source/blame.h"

namespace gopol::engine {

/// What became of one planned change.
struct Outcome {
  enum class Kind {
    converged,
    failed,
    skipped,  ///< it waits for one that failed
    waits,    ///< for an administrator, itself or what it comes after
  };
  Kind kind = Kind::converged;
  std::uint32_t change = 0;  ///< index into Plan::changes
  dsl::Diagnostics why;      ///< failed: the provider's words; else what it waits for
};

/// One outcome for each change, in the order they were tried.
struct Report {
  std::vector<Outcome> outcomes;
  bool converged() const;  ///< all of them
  bool has(Outcome::Kind kind) const;
};

/// How a run is written down.
struct RunRecord {
  std::string run;                                    ///< its name in the journal
  std::string commit;                                 ///< of the policy; empty: a local file
  std::function<std::string(dsl::SourceSpan)> place;  ///< file:line
  /// The commit that wrote the line; nullptr: not known.
  std::function<const BlameCommit*(dsl::SourceSpan)> written = {};
  /// Before (no outcome) and after each.
  std::function<void(const PlannedChange&, const Outcome*)> tell;
  RootAccess* root = nullptr;  ///< nullptr: what needs root waits for an administrator
  Path state = {};             ///< as the host names it: files with other names are kept there
};

/// Makes the planned changes in their order, first all that neither needs root nor comes after what
/// does: intent and images are on disk before anything is
/// written; what was done is observed again. A failure skips what waits for it and nothing else.
Report apply(const Planned& planned, const dsl::Policy& policy, const Providers& providers,
             Host& host, Journal& journal, const RunRecord& record);

}  // namespace gopol::engine
