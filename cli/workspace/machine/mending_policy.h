#pragma once

#include <string>

#include "providers/health/ailment.h"

namespace gopol::cli {

/// A policy that mends what a policy can mend of these, a rule for each, which says why; empty if
/// it can mend none.
std::string mending_policy(const providers::Ailments& all);

}  // namespace gopol::cli
