#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/host/host.h"

namespace gopol::engine {

/// The state of one path before gopol touched it.
struct FileImage {
  Path path;
  FileStatus status;  ///< absent: it was not there
  std::string bytes;  ///< of a regular file; of a symlink its target
  std::vector<Xattr> xattrs = {};
  std::uint64_t other_names = 0;  ///< hard links elsewhere
  /// Of a file with other names: one more, which keeps it while another takes its place.
  Path kept = {};
  bool operator==(const FileImage&) const = default;
};

/// Whether what is now is what was; more names of it than then are no difference.
bool is_still(const FileImage& now, const FileImage& then);

/// What is at `path` now: so that it can be put back. Follows no link: of a symlink its target is
/// kept.
Result<FileImage> image_of(const Path& path, const Disk& disk);

/// Puts back what the image shows, to the byte, with mode, owner and attributes, under the same
/// names as long as one more was kept; removes what was not there. A folder that was not there is
/// removed only if it is empty.
Result<Done> restore(const FileImage& image, Disk& disk);

}  // namespace gopol::engine
