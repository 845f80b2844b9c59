#pragma once

#include <string>
#include <vector>

#include "cli/workspace/workspace.h"
#include "providers/tcc/mobileconfig.h"

namespace gopol::cli {

/// A rule that says something of TCC and does not act on this machine.
struct LeftOut {
  std::string rule;
  engine::RuleStatus status = engine::RuleStatus::skipped;
};

/// What a policy grants through TCC, as a configuration profile holds it.
struct TccProfile {
  std::vector<providers::tcc::PppcEntry> entries;
  dsl::Diagnostics refused;  ///< what no profile can grant, and why
  std::vector<LeftOut> left_out;
};

/// Of what applies on this machine; nothing but TCC is looked at. Errors: R4002 where there is no
/// TCC, and those of planning.
dsl::Result<TccProfile> tcc_profile(const dsl::Policy& policy, const Workspace& workspace);

}  // namespace gopol::cli
