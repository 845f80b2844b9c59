#pragma once

#include <string>

#include "dsl/value/result.h"
#include "engine/plan/facts.h"

namespace gopol::cli {

/// Whose facts, and when they were gathered (2026-11-23T14:03:00Z); empty: not said.
struct SnapshotOrigin {
  std::string machine, recorded;
};

/// Facts as one JSON document:
/// {"schema":1,"machine":...,"recorded":...,"facts":[{"slot":{...},"value":...,"origin":...}]}.
std::string snapshot_text(const engine::Facts& facts, const SnapshotOrigin& origin = {});

/// Errors (P0001, C5001): no such file, another version, a fact that is none, or of another type
/// than `schemas` say.
dsl::Result<engine::Facts> read_snapshot(const std::string& file, const dsl::Schemas& schemas);

}  // namespace gopol::cli
