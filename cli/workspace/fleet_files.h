#pragma once

#include <string>
#include <vector>

#include "dsl/value/result.h"
#include "engine/diff/fleet.h"

namespace gopol::cli {

/// Replays a folder of recorded machines, in the order of their names: `*.json`, each a snapshot
/// (`gopol facts --record`), and `*.ndjson` or `*.jsonl`, a snapshot a line. A machine without a
/// name of its own is called after its file and line. Gives what is no snapshot. Errors (P0001): no
/// such folder, no recorded machine in it.
dsl::Result<std::vector<std::string>> replay_fleet(const std::string& folder,
                                                   engine::FleetComparison& into);

}  // namespace gopol::cli
