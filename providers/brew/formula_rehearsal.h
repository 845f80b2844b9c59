#pragma once

#include "engine/plan/provider.h"
#include "providers/brew/prefix.h"

namespace gopol::providers::brew {

/// Does to a copy of the machine what `converge` makes brew do, as far as files tell it: what a
/// removal takes away, and a Go of a version that is pinned. What other formulae bring is unknown.
/// Errors: the list of formulae that brew keeps has no such name.
dsl::Result<engine::Foresight> foresee(const engine::Change& change, const Prefix& prefix,
                                       engine::Host& copy);

}  // namespace gopol::providers::brew
