#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/host/file_image.h"

namespace gopol::engine {

/// One step of a change to files: what a path is to become. Nothing is written by making one.
struct FileEdit {
  enum class Kind {
    write,          ///< a file with these bytes
    attributes,     ///< what is there, with this mode and owner
    folder,         ///< a folder with this mode and owner
    link,           ///< a symlink that leads to `bytes`
    remove,         ///< a file or a link that goes; absent is fine
    remove_folder,  ///< an empty folder that goes; absent is fine
  };
  Path path;
  Kind kind = Kind::write;
  std::string bytes = {};
  Attributes attributes = {};
  bool whole = false;  ///< replaces all of the file, not only its own part
  bool operator==(const FileEdit&) const = default;
};

/// What is at the paths of the edits now; before each the folders above it that are not there yet
/// and will be made.
Result<std::vector<FileImage>> images_of(std::span<const FileEdit> edits, const Disk& disk);

/// The folders above a path that are not there yet, the outermost first.
std::vector<FileImage> missing_folders(const Path& path, const Disk& disk);

/// Makes one edit, atomically.
Result<Done> make(const FileEdit& edit, Disk& disk);

/// Puts the images back, the last first; what is still as its image shows is not touched. Goes on
/// after a failure, and tells each.
Result<Done> restore(std::span<const FileImage> images, Disk& disk);

}  // namespace gopol::engine
