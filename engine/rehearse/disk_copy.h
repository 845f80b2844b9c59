#pragma once

#include <memory>

#include "engine/host/host.h"
#include "engine/rehearse/host_copy.h"

namespace gopol::engine {

/// A disk that shows `disk` and keeps what is written to it in memory: copy on write. A folder that
/// is renamed takes along what is in it. Both must outlive it.
std::unique_ptr<Disk> disk_copy(const Disk& disk, CopyLog& log);

}  // namespace gopol::engine
