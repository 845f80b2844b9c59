#pragma once

#include "dsl/check/profile.h"

namespace gopol::dsl::checking {

/// Adds the rule that an `override` is, in the name and with the severity of what it replaces.
/// Reports P2008 (sealed), P2009 (no such rule), P2016 (no `because`), P3003 (a second override
/// that is not conditional).
void read_override(Override view, const Frame& frame, Names& names, std::vector<Waiting>& waiting,
                   Context& context);

/// Adds a waiver to the rules of its name. Reports P2008, P2009, P2016 (no `because` or `owner`).
void read_waive(Waive view, const Frame& frame, Names& names, Context& context);

}  // namespace gopol::dsl::checking
