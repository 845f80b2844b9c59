#pragma once

#include <optional>

#include "engine/host/host.h"

namespace gopol::engine {

/// Where somebody else than root and this user could change what is read at a path.
struct OpenToOthers {
  Path path;                 ///< the file, a folder above it, a link on the way
  std::uint32_t uid = 0;     ///< its owner
  bool is_owned = false;     ///< by root or this user: others may write it, by its mode
  std::string text() const;  ///< `… may be written by others`
  std::string help() const;
};

/// The one rule for files that trust hangs on (configuration, keys, revocations, certificates,
/// plugins): they and every folder above them belong to root or to this user, and neither group nor
/// others may write there (a POSIX ACL shows as the group's bits); behind a link the same of what
/// it names. A sticky folder of root's, such as /tmp, is fine for what is one's own in it. Answers
/// nothing if all that holds, or if there is no such file.
Result<std::optional<OpenToOthers>> who_may_write(const Path& path, const Disk& disk,
                                                  const System& system);

}  // namespace gopol::engine
