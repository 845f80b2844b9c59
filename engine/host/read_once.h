#pragma once

#include <map>
#include <string>

#include "engine/host/host.h"

namespace gopol::engine {

/// A host that only reads and shows `host` as it was when each thing was first read: no file is
/// read twice, however many readers ask for it and by whatever path. For looking at a whole
/// machine at once; `host` must outlive it. Writing is an error (R4002). Files of `instead`, by
/// path, are shown with these bytes.
Host read_once(const Host& host, std::map<std::string, std::string> instead = {});

}  // namespace gopol::engine
