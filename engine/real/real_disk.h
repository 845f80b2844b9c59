#pragma once

#include <memory>
#include <string>

#include "engine/host/host.h"
#include "engine/real/scratch.h"

namespace gopol::engine {

/// This machine's disk.
std::unique_ptr<Disk> real_disk();

/// The tree below `root` as a machine's whole disk: no path and no link leads out of it.
/// `scratch` is kept as long as the disk: the copy that `root` lies in, if it is one.
std::unique_ptr<Disk> rooted_disk(const Path& root, Scratch scratch = {});

}  // namespace gopol::engine
