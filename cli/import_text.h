#pragma once

#include <string>

#include "dsl/schema.h"
#include "engine/facts.h"
#include "engine/provider.h"

namespace gopol::cli {

/// A policy that describes a machine and asks nothing else of it: one rule for each kind of
/// resource that somebody set up, the place of each value beside it. What only shows a default,
/// cannot be read or cannot be set is left out. Fills `facts`.
std::string import_text(const engine::Providers& providers, const engine::Host& host,
                        engine::Facts& facts);

}  // namespace gopol::cli
