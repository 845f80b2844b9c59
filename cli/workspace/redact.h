#pragma once

#include <string>
#include <vector>

#include "cli/workspace/snapshot.h"
#include "engine/plan/facts.h"

namespace gopol::cli {

/// Makes a snapshot fit to be handed on: wherever one of `names` stands as a word, in values, keys
/// and origins, stands a hash of it, the same everywhere; passwords in addresses go. What the facts
/// say about each other is kept: a plan from them is the same but for these names.
void redact(const std::vector<std::string>& names, engine::Facts& facts, SnapshotOrigin& origin);

/// One text of a snapshot, without them.
std::string redacted(std::string text, const std::vector<std::string>& names);

}  // namespace gopol::cli
