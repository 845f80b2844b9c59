#pragma once

#include "engine/plan/provider.h"

namespace gopol::providers::files {

/// A change that is this edit, made where the links of its path lead, and whether only root can.
engine::Prepared prepare_edit(engine::FileEdit edit, const engine::Disk& disk);

/// The same for what replaces or removes the name itself, not what a link names.
engine::Prepared prepare_name(engine::FileEdit edit, const engine::Disk& disk);

/// A change of a part of a file, from all of its text before to all of it after. No edit if they
/// are the same.
engine::Prepared prepare_part(const dsl::Path& path, std::string_view before, std::string after,
                              const engine::Disk& disk);

/// What is at `path`, links followed: absent, or of this type. Errors: something else is.
dsl::Result<engine::FileStatus> status_of(const dsl::Path& path, engine::FileStatus::Type type,
                                          const engine::Disk& disk);

/// Unknown: something else lies at the path. `wanted` is `file`, `folder` or `link`.
dsl::Value wrong_kind(const dsl::Path& path, engine::FileStatus::Type found,
                      std::string_view wanted);

/// One slot of what is at its key, links followed, from what `attribute_of` makes of its status.
engine::Observation read_status(const engine::Slot& slot, const engine::Host& host,
                                dsl::Value (*attribute_of)(const std::string& name,
                                                           const dsl::Path& path,
                                                           const engine::FileStatus& status,
                                                           const engine::Host& host));

/// Whether a change asks for `absent`, or takes back what made it.
bool wants_absent(const engine::Change& change);

}  // namespace gopol::providers::files
