#pragma once

#include <string>
#include <vector>

#include "cli/workspace/pull.h"

namespace gopol::cli {

// What the trust floor is told of a pull.

/// As a person reads it; empty: nobody signed.
std::string name_of(const engine::Signer& signer, const std::optional<engine::Keys>& keys);

/// The floor as it is now that we have the lock. R4006: another pull has kept something newer.
dsl::Result<dsl::Done> reload(const std::vector<SourcePull>& pulls, PolicyStore& store);

/// Notes which servers were heard, and what passed anew; false if there is nothing to note.
bool note_heard(const std::vector<SourcePull>& pulls, PolicyStore& store);

/// Whether they say that the source's content, not the way to it, is not to be believed.
bool is_refusal(const dsl::Diagnostics& errors);

}  // namespace gopol::cli
