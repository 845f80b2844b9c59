#include "engine/host/file_image.h"

#include <fmt/format.h>

#include <utility>

namespace gopol::engine {

Result<FileImage> image_of(const Path& path, const Disk& disk) {
  FileImage out;
  out.path = path;
  auto status = disk.stat(path);
  if (!status) return status.error();
  out.status = *status;
  if (status->type == FileStatus::Type::regular) {
    auto bytes = disk.read(path);
    if (!bytes) return bytes.error();
    out.bytes = std::move(*bytes).value_or("");
  } else if (status->type == FileStatus::Type::symlink) {
    auto target = disk.read_link(path);
    if (!target) return target.error();
    out.bytes = std::move(*target).value_or("");
  } else if (status->type == FileStatus::Type::other) {
    return dsl::problem("R4002", fmt::format("{} is neither file, folder nor link", path.text));
  }
  return out;
}

Result<Done> restore(const FileImage& image, Disk& disk) {
  const FileStatus& status = image.status;
  const Attributes attributes{status.mode, status.uid, status.gid};
  switch (status.type) {
    case FileStatus::Type::absent: return disk.remove(image.path);
    case FileStatus::Type::symlink: return disk.link(image.path, image.bytes);
    case FileStatus::Type::folder: return disk.make_folder(image.path, attributes);
    default: return disk.replace(image.path, image.bytes, attributes);
  }
}

}  // namespace gopol::engine
