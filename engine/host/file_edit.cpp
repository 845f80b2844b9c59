#include "engine/host/file_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "dsl/value/secret.h"

namespace gopol::engine {
namespace {

Result<Done> remove_empty(const Path& path, Disk& disk) {
  const auto status = disk.stat(path);
  if (!status) return status.error();
  if (status->type == FileStatus::Type::absent) return Done{};
  if (status->type != FileStatus::Type::folder) {
    return dsl::problem("R4002", fmt::format("`{}` is not a folder itself", path.text),
                        "nothing was changed; a link is removed as a `symlink`");
  }
  const auto names = disk.list(path);
  if (!names) return names.error();
  if (!names->empty()) {
    return dsl::problem("R4002",
                        fmt::format("`{}` is not empty: it holds `{}`", path.text, names->front()),
                        "nothing was changed; gopol removes only empty folders");
  }
  return disk.remove(path);
}

Result<Done> remove_name(const Path& path, Disk& disk) {
  const auto status = disk.stat(path);
  if (!status) return status.error();
  if (status->type == FileStatus::Type::folder) {
    return dsl::problem("R4002", fmt::format("`{}` is a folder", path.text), "nothing was changed");
  }
  return disk.remove(path);
}

bool is_as_before(const FileImage& image, const Disk& disk) {
  const auto now = image_of(image.path, disk);
  return now && is_still(*now, image);
}

/// Files that hold credentials whatever stands in them today.
bool is_for_credentials(const Path& path) {
  static constexpr std::array<std::string_view, 6> names = {".netrc",  "_netrc", ".git-credentials",
                                                            ".pgpass", ".npmrc", ".pypirc"};
  const std::string_view name = std::string_view(path.text).substr(path.text.rfind('/') + 1);
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// A new file that holds a secret is its owner's alone, unless a mode is asked for.
Result<Done> write(const FileEdit& edit, Disk& disk) {
  Attributes attributes = edit.attributes;
  if (!attributes.mode) {
    const auto status = disk.stat(edit.path);
    const bool is_new = status && status->type == FileStatus::Type::absent;
    const bool is_secret =
        is_new && (is_for_credentials(edit.path) || !dsl::secrets_in(edit.bytes).empty());
    if (is_secret) attributes.mode = 0600;
  }
  return disk.replace(edit.path, edit.bytes, attributes);
}

}  // namespace

std::vector<FileImage> missing_folders(const Path& path, const Disk& disk) {
  std::vector<FileImage> out;
  for (Path above = path.parent(); !above.empty(); above = above.parent()) {
    const auto status = disk.stat(above);
    if (!status || status->type != FileStatus::Type::absent) break;
    out.push_back({above, {}, ""});
  }
  std::reverse(out.begin(), out.end());
  return out;
}

Result<std::vector<FileImage>> images_of(std::span<const FileEdit> edits, const Disk& disk) {
  std::vector<FileImage> out;
  const auto add = [&](FileImage image) {
    const bool known = std::any_of(
        out.begin(), out.end(), [&](const FileImage& other) { return other.path == image.path; });
    if (!known) out.push_back(std::move(image));
  };
  for (const FileEdit& edit : edits) {
    auto image = image_of(edit.path, disk);
    if (!image) return image.error();
    if (image->status.type == FileStatus::Type::absent) {
      for (FileImage& folder : missing_folders(edit.path, disk)) add(std::move(folder));
    }
    add(std::move(*image));
  }
  return out;
}

Result<Done> make(const FileEdit& edit, Disk& disk) {
  switch (edit.kind) {
    case FileEdit::Kind::write: return write(edit, disk);
    case FileEdit::Kind::attributes: return disk.set_attributes(edit.path, edit.attributes);
    case FileEdit::Kind::folder: return disk.make_folder(edit.path, edit.attributes);
    case FileEdit::Kind::link: return disk.link(edit.path, edit.bytes);
    case FileEdit::Kind::remove: return remove_name(edit.path, disk);
    case FileEdit::Kind::remove_folder: return remove_empty(edit.path, disk);
  }
  return Done{};
}

Result<Done> restore(std::span<const FileImage> images, Disk& disk) {
  dsl::Diagnostics failed;
  for (auto image = images.rbegin(); image != images.rend(); ++image) {
    if (is_as_before(*image, disk)) continue;
    if (const auto done = restore(*image, disk); !done) {
      failed.insert(failed.end(), done.error().begin(), done.error().end());
    }
  }
  if (!failed.empty()) return failed;
  return Done{};
}

}  // namespace gopol::engine
