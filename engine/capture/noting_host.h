#pragma once

#include "engine/capture/notes.h"
#include "engine/host/host.h"

namespace gopol::engine {

/// A host that only reads, and keeps every answer it gives in `notes`, without secrets. `host` and
/// `notes` must outlive it. Writing is an error (R4002).
Host noting_host(const Host& host, Notes& notes);

}  // namespace gopol::engine
