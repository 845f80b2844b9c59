#pragma once

#include <string>

#include "dsl/value/result.h"
#include "providers/health/ailment.h"

namespace gopol::cli {

/// A policy that mends what a policy can mend of these, a rule for each, which says why; empty if
/// it can mend none.
std::string mending_policy(const providers::Ailments& all);

/// Writes that policy to `output`, else to a new file doctor.policy, and returns its name; empty if
/// it can mend none. Errors: P0001 for a doctor.policy that is there, and what writing says.
dsl::Result<std::string> write_mending_policy(const providers::Ailments& all,
                                              const std::string& output);

}  // namespace gopol::cli
