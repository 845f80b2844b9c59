#include "providers/files/place.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "providers/read/reading.h"

namespace gopol::providers::files {
namespace {

using dsl::Path;
using engine::Disk;
using engine::FileStatus;
using engine::WriteAccess;

std::string_view name_of(FileStatus::Type type) {
  switch (type) {
    case FileStatus::Type::absent: return "absent";
    case FileStatus::Type::regular: return "a file";
    case FileStatus::Type::folder: return "a folder";
    case FileStatus::Type::symlink: return "a link";
    default: return "a device, pipe or socket";
  }
}

/// What a plan says of a write beforehand.
void tell(const WriteAccess& access, const Path& path, engine::Prepared& out) {
  out.demands.needs_root = access.kind == WriteAccess::Kind::of_another;
  if (access.kind == WriteAccess::Kind::read_only)
    out.add_note(fmt::format("`{0}` is read-only: `chmod u+w '{0}'`", access.at.text));
  if (access.other_names == 0) return;
  out.add_note(
      fmt::format("`{}` has {} other name{} (hard links): what is there now stays under {}",
                  path.text, access.other_names, access.other_names == 1 ? "" : "s",
                  access.other_names == 1 ? "it" : "them"));
}

}  // namespace

engine::Prepared prepare_edit(engine::FileEdit edit, const Disk& disk) {
  engine::Prepared out;
  if (const auto path = disk.written_path(edit.path)) {
    edit.path = *path;
    auto access = disk.write_access(edit.path);
    // Mode and owner are changed in place, and by the owner alone.
    const bool in_place = edit.kind == engine::FileEdit::Kind::attributes;
    if (in_place) access.other_names = 0;
    if (in_place && access.kind == WriteAccess::Kind::read_only) access = {};
    tell(access, edit.path, out);
  } else {
    out.add_note(path.error().front().message);  // as making the change will say
  }
  out.edits.push_back(std::move(edit));
  return out;
}

engine::Prepared prepare_name(engine::FileEdit edit, const Disk& disk) {
  edit.whole = true;
  engine::Prepared out;
  // Removing or switching a name needs its folder, whoever owns what it names.
  tell(disk.write_access(edit.path.parent()), edit.path, out);
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
  const auto was_not_there = [](const engine::Assignment& one) { return one.to.is_absent(); };
  const auto& moves = change.assignments;
  if (std::any_of(moves.begin(), moves.end(), was_not_there)) return true;
  const engine::Assignment* exists = change.find("exists");
  return exists != nullptr && exists->to == dsl::Value(false);
}

}  // namespace gopol::providers::files
