#include "providers/files/place.h"

#include <fmt/format.h>

#include <utility>

#include "providers/read/reading.h"

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

engine::Prepared prepare_edit(engine::FileEdit edit, const Disk& disk) {
  edit.path = written_path(edit.path, disk);
  engine::Prepared out;
  out.demands.needs_root = !disk.is_writable(edit.path);
  out.edits.push_back(std::move(edit));
  return out;
}

engine::Prepared prepare_name(engine::FileEdit edit, const Disk& disk) {
  edit.whole = true;
  engine::Prepared out;
  // Removing or switching a name needs its folder, whoever owns what it names.
  out.demands.needs_root = !disk.is_writable(edit.path.parent());
  out.edits.push_back(std::move(edit));
  return out;
}

engine::Prepared prepare_part(const Path& path, std::string_view before, std::string after,
                              const Disk& disk) {
  const bool same = after == before;
  auto out = prepare_edit({.path = path, .bytes = std::move(after)}, disk);
  if (same) out.edits.clear();
  return out;
}

dsl::Result<FileStatus> status_of(const Path& path, FileStatus::Type type, const Disk& disk) {
  const auto status = disk.stat_target(path);
  if (!status || status->type == FileStatus::Type::absent || status->type == type) return status;
  return dsl::problem("R4002", fmt::format("`{}` is not {}", path.text, name_of(type)),
                      "nothing was changed");
}

dsl::Value wrong_kind(const Path& path, FileStatus::Type found, std::string_view wanted) {
  return dsl::Unknown{fmt::format("`{}` is {}, not a {}", path.text, name_of(found), wanted),
                      "move it away, or use the family for what it is; gopol does not remove it"};
}

engine::Observation read_status(const engine::Slot& slot, const engine::Host& host,
                                dsl::Value (*attribute_of)(const std::string& name,
                                                           const Path& path,
                                                           const FileStatus& status,
                                                           const engine::Host& host)) {
  const Path path(slot.key);
  const auto status = host.disk().stat_target(path);
  return {
      .slot = slot,
      .value = status ? attribute_of(slot.attribute, path, *status, host) : unknown(status.error()),
      .origin = path.text};
}

bool wants_absent(const engine::Change& change) {
  const engine::Assignment* exists = change.find("exists");
  return exists != nullptr && exists->to == dsl::Value(false);
}

}  // namespace gopol::providers::files
