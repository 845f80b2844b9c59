#pragma once

#include "engine/plan/provider.h"
#include "providers/brew/prefix.h"

namespace gopol::providers::brew {

/// Installs, upgrades, pins or removes one formula, as the change asks. brew has one version of
/// each: if that is not allowed, nothing is changed.
dsl::Result<dsl::Done> converge(const engine::Change& change, const Prefix& prefix,
                                engine::Host& host);

}  // namespace gopol::providers::brew
