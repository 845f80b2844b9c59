#pragma once

#include <string>

#include "dsl/result.h"
#include "engine/facts.h"

namespace gopol::cli {

/// Facts as one JSON document: {"schema":1,"facts":[{"slot":{...},"value":...,"origin":...}]}.
std::string snapshot_text(const engine::Facts& facts);

/// Errors (P0001, C5001): no such file, another version, a fact that is none.
dsl::Result<engine::Facts> read_snapshot(const std::string& file);

}  // namespace gopol::cli
