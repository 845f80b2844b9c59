#pragma once

#include <string>

#include "engine/host/host.h"

namespace gopol::providers::go {

/// What gopol unpacked, in a file of its own in the tree: the programs with their sizes and modes,
/// and the folders of the source. So a damaged tree is seen without reading all of it.
dsl::Result<dsl::Done> write_manifest(const dsl::Path& tree, engine::Disk& disk);

bool has_manifest(const dsl::Path& tree, const engine::Disk& disk);

/// The first that is not as it was unpacked: `bin/go is missing`. Empty: none, or gopol wrote no
/// manifest there.
std::string damage_of(const dsl::Path& tree, const engine::Disk& disk);

}  // namespace gopol::providers::go
