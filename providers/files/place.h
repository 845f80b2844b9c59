#pragma once

#include "engine/plan/provider.h"

namespace gopol::providers::files {

/// The file that writing to `path` changes: its links followed, also one that leads nowhere yet.
dsl::Path written_path(const dsl::Path& path, const engine::Disk& disk);

/// What writing to `path` needs: the file it changes, its image, and whether only root can.
dsl::Result<engine::Prepared> prepare_write(const dsl::Path& path, bool whole,
                                            const engine::Disk& disk);

/// The same for what replaces or removes the name itself, not what a link names.
dsl::Result<engine::Prepared> prepare_name(const dsl::Path& path, const engine::Disk& disk);

/// Puts the images back. What was not there is removed, but a folder only if it is empty.
dsl::Result<dsl::Done> take_back(const engine::Undo& undo, engine::Disk& disk);

/// Unknown: something else lies at the path. `wanted` is `file`, `folder` or `link`.
dsl::Value wrong_kind(const dsl::Path& path, engine::FileStatus::Type found,
                      std::string_view wanted);

/// Whether a change asks for `absent`.
bool wants_absent(const engine::Change& change);

}  // namespace gopol::providers::files
