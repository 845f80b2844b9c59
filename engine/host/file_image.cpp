#include "engine/host/file_image.h"

#include <fmt/format.h>

#include <utility>

namespace gopol::engine {
namespace {

/// Whether the file itself is at its path now, or could be put there under its other names.
bool is_at_its_path(const FileImage& image, const Disk& disk) {
  const auto now = image_of(image.path, disk);
  return now && now->status.type == FileStatus::Type::regular && now->bytes == image.bytes &&
         now->other_names >= image.other_names;
}

/// Whether the file itself is back; false: it is gone, or somebody wrote to it since. Errors: it
/// may still be there, and nothing was done.
Result<bool> put_kept_back(const FileImage& image, Disk& disk) {
  if (image.kept.empty()) return false;
  const auto kept = image_of(image.kept, disk);
  if (!kept) return kept.error();
  if (kept->status.type != FileStatus::Type::regular || kept->bytes != image.bytes) return false;
  if (auto renamed = disk.rename(image.kept, image.path); !renamed) return renamed.error();
  return true;
}

/// What stands in a file with other names stands there in all of them: it is put back itself, as
/// long as nobody wrote to it since.
Result<Done> restore_file(const FileImage& image, const Attributes& attributes, Disk& disk) {
  Result<bool> is_back = is_at_its_path(image, disk) ? true : put_kept_back(image, disk);
  if (!is_back) return is_back.error();
  const auto done = *is_back ? disk.set_attributes(image.path, attributes)
                             : disk.replace(image.path, image.bytes, attributes);
  if (done && !image.kept.empty()) static_cast<void>(disk.remove(image.kept));
  return done;
}

}  // namespace

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
    out.other_names = disk.write_access(path).other_names;
  } else if (status->type == FileStatus::Type::symlink) {
    auto target = disk.read_link(path);
    if (!target) return target.error();
    out.bytes = std::move(*target).value_or("");
  } else if (status->type == FileStatus::Type::other) {
    return dsl::problem("R4002", fmt::format("{} is neither file, folder nor link", path.text));
  }
  const bool has_xattrs =
      status->type == FileStatus::Type::regular || status->type == FileStatus::Type::folder;
  if (has_xattrs) out.xattrs = disk.xattrs(path);
  return out;
}

bool is_still(const FileImage& now, const FileImage& then) {
  return now.path == then.path && now.status == then.status && now.bytes == then.bytes &&
         now.xattrs == then.xattrs && now.other_names >= then.other_names;
}

Result<Done> restore(const FileImage& image, Disk& disk) {
  const FileStatus& status = image.status;
  const Attributes attributes{status.mode, status.uid, status.gid, image.xattrs};
  switch (status.type) {
    case FileStatus::Type::absent: return disk.remove(image.path);
    case FileStatus::Type::symlink: return disk.link(image.path, image.bytes);
    case FileStatus::Type::folder: return disk.make_folder(image.path, attributes);
    default: return restore_file(image, attributes, disk);
  }
}

}  // namespace gopol::engine
