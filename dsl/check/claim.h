#pragma once

#include "dsl/check/profile.h"

namespace gopol::dsl::checking {

/// Adds an `assert`, an `assume` or a `cover`. Reports P2009 for a name that is taken, P2016 for an
/// assert without `that`, and what conditions report.
void read_claim(const Statement& statement, Names& names, Context& context);

}  // namespace gopol::dsl::checking
