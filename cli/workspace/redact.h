#pragma once

#include <string>
#include <vector>

#include "cli/workspace/snapshot.h"
#include "dsl/policy/schema.h"
#include "engine/plan/facts.h"

namespace gopol::cli {

/// How a snapshot is made fit to be handed on.
struct Redaction {
  std::vector<std::string> names;  ///< of the machine and its user
  std::string key;                 ///< of the hashes; the same for all machines of a fleet
};

/// Keeps what a list allows: switches, numbers, versions, dates, words that a schema lists, paths,
/// patterns, names of tools and formulas, scheme, host and path of addresses. Other text becomes a
/// keyed hash and so unknown to a policy. Wherever a name stands as a word, in values, keys and
/// origins, stands a keyed hash of it, the same everywhere.
void redact(const Redaction& how, const dsl::Schemas& schemas, engine::Facts& facts,
            SnapshotOrigin& origin);

}  // namespace gopol::cli
