#include "providers/files/place.h"

#include <fmt/format.h>

#include <utility>

#include "engine/host/file_image.h"

namespace gopol::providers::files {
namespace {

using dsl::Path;
using engine::Disk;
using engine::FileStatus;

constexpr int most_links = 40;  // as the kernel has it

std::string_view name_of(FileStatus::Type type) {
  switch (type) {
    case FileStatus::Type::absent: return "absent";
    case FileStatus::Type::regular: return "a file";
    case FileStatus::Type::folder: return "a folder";
    case FileStatus::Type::symlink: return "a link";
    default: return "a device, pipe or socket";
  }
}

/// `path` with the links of its folder followed, not its own.
Path in_real_folder(const Path& path, const Disk& disk) {
  const auto folder = disk.resolve(path.parent());
  return folder && *folder ? **folder / path.name() : path;
}

dsl::Result<engine::Prepared> prepare_at(const Path& path, bool whole, const Disk& disk) {
  auto image = engine::image_of(path, disk);
  if (!image) return image.error();
  engine::Prepared out;
  out.writes.push_back({path, whole});
  out.needs_root = !disk.is_writable(path);
  out.undo.files.push_back(std::move(*image));
  return out;
}

}  // namespace

Path written_path(const Path& path, const Disk& disk) {
  if (const auto found = disk.resolve(path); found && *found) return **found;
  Path at = in_real_folder(path, disk);
  for (int i = 0; i < most_links; ++i) {
    const auto target = disk.read_link(at);
    if (!target || !*target) break;
    at = in_real_folder(at.parent() / **target, disk);
  }
  return at;
}

dsl::Result<engine::Prepared> prepare_write(const Path& path, bool whole, const Disk& disk) {
  return prepare_at(written_path(path, disk), whole, disk);
}

dsl::Result<engine::Prepared> prepare_name(const Path& path, const Disk& disk) {
  auto out = prepare_at(path, true, disk);
  // Removing or switching a name needs its folder, whoever owns what it names.
  if (out) out->needs_root = !disk.is_writable(path.parent());
  return out;
}

dsl::Result<dsl::Done> take_back(const engine::Undo& undo, Disk& disk) {
  for (const engine::FileImage& image : undo.files) {
    const FileStatus& was = image.status;
    auto done = was.type == FileStatus::Type::absent ? disk.remove(image.path)
                : was.type == FileStatus::Type::folder
                    ? disk.make_folder(image.path, {was.mode, was.uid, was.gid})
                    : engine::restore(image, disk);
    if (!done) return done;
  }
  return dsl::Done{};
}

dsl::Value wrong_kind(const Path& path, FileStatus::Type found, std::string_view wanted) {
  return dsl::Unknown{fmt::format("`{}` is {}, not a {}", path.text, name_of(found), wanted),
                      "move it away, or use the family for what it is; gopol does not remove it"};
}

bool wants_absent(const engine::Change& change) {
  const engine::Assignment* exists = change.find("exists");
  return exists != nullptr && exists->to == dsl::Value(false);
}

}  // namespace gopol::providers::files
