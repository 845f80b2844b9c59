#pragma once

#include "engine/host/host.h"
#include "providers/health/ailment.h"

namespace gopol::providers {

/// A Homebrew that is for another processor, or that this session starts under Rosetta 2.
void add_homebrew(const engine::Facts& facts, const engine::Host& host, Ailments& out);

}  // namespace gopol::providers
