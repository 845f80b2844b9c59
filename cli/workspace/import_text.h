#pragma once

#include <string>

#include "engine/plan/planning.h"

namespace gopol::cli {

/// A policy that describes a machine and asks nothing else of it: one rule for each kind of
/// resource that somebody set up, the place of each value beside it. What only shows a default,
/// cannot be read or cannot be set is left out. Fills `facts`.
std::string import_text(const engine::World& world, engine::Facts& facts);

/// The same for nothing but this machine as it is, with the Go that runs in the user's home folder
/// as if it were pinned: what a lint can be asked about.
std::string exact_import_text(const engine::World& world, engine::Facts& facts);

}  // namespace gopol::cli
