#pragma once

#include <string_view>

#include "engine/capture/notes.h"
#include "engine/host/host.h"

namespace gopol::engine {

/// The machine of a capture as a host that only reads. What was not asked when it was captured is
/// an error (R4002), of a variable or a key of sysctl: not set. Errors: the notes do not say which
/// machine it was.
Result<Host> captured_host(Notes notes);

}  // namespace gopol::engine
