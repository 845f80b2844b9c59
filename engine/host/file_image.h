#pragma once

#include <string>

#include "engine/host/host.h"

namespace gopol::engine {

/// The state of one path before gopol touched it.
struct FileImage {
  Path path;
  FileStatus status;  ///< absent: it was not there
  std::string bytes;  ///< of a regular file; of a symlink its target
  bool operator==(const FileImage&) const = default;
};

/// What is at `path` now: so that it can be put back. Follows no link: of a symlink its target is
/// kept.
Result<FileImage> image_of(const Path& path, const Disk& disk);

/// Puts back what the image shows, to the byte, with mode and owner; removes what was not there.
/// A folder that was not there is removed only if it is empty.
Result<Done> restore(const FileImage& image, Disk& disk);

}  // namespace gopol::engine
