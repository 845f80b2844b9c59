#pragma once

#include "engine/host/host.h"

namespace gopol::engine {

/// A host that only reads and shows `host` as it was when each thing was first read: no file is
/// read twice, however many readers ask for it and by whatever path. For looking at a whole
/// machine at once; `host` must outlive it. Writing is an error (R4002).
Host read_once(const Host& host);

}  // namespace gopol::engine
