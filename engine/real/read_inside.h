#pragma once

#include <string>

#include "dsl/value/path.h"
#include "dsl/value/result.h"

namespace gopol::engine {

/// Reads a plain file of at most 64 MiB as strictly as one of a commit: the walk to it begins at
/// the folder `top` and never leaves it, whatever links on the way say, nor enters a `.git`.
/// Errors: T6009 if it would; R4002 for a pipe, a device, a folder; P0001 if there is none.
dsl::Result<std::string> read_inside(const dsl::Path& top, const dsl::Path& file);

}  // namespace gopol::engine
