#pragma once

#include <chrono>
#include <string>

#include "dsl/value/result.h"

namespace gopol::engine::net {

/// Waits until no other program has the folder of all caches, and keeps others out until this one
/// ends, however it ends. R4101 once `patience` is over.
dsl::Result<dsl::Done> hold_cache(const std::string& cache, std::chrono::milliseconds patience);

/// Takes away what a fetch that was killed left in a bare repository: locks of references, of HEAD
/// and of the packed list, half packs, half objects, references that say nothing. Only while the
/// cache is held: what is there is then nobody's work.
void sweep_cache(const std::string& folder);

}  // namespace gopol::engine::net
