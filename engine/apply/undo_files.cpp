#include "engine/apply/undo_files.h"

#include <algorithm>
#include <span>
#include <utility>

namespace gopol::engine {
namespace {

using Type = FileStatus::Type;

bool is_same(const PostImage& a, const PostImage& b) {
  const bool modes_differ = a.mode && b.mode && *a.mode != *b.mode;
  return a.type == b.type && a.sha256 == b.sha256 && !modes_differ;
}

bool is_folder_made_on_the_way(const FileImage& before, const MadeChange& change) {
  const auto& trees = change.intent.trees;
  return before.status.type == Type::absent &&
         std::find(trees.begin(), trees.end(), before.path) == trees.end();
}

const PostImage* left_at(const Path& path, const MadeChange& change) {
  const auto left = std::find_if(change.after.begin(), change.after.end(),
                                 [&](const PostImage& one) { return one.path == path; });
  return left == change.after.end() ? nullptr : &*left;
}

bool is_as_left(const PostImage& now, const FileImage& before, const MadeChange& change) {
  if (const PostImage* left = left_at(before.path, change)) return is_same(now, *left);
  return now.type == Type::folder && is_folder_made_on_the_way(before, change);
}

Result<Done> put_back(const FileImage& before, const MadeChange& change, bool keep_trees,
                      Disk& disk) {
  const auto now = disk.stat(before.path);
  if (!now) return now.error();
  if (before.status.type != Type::absent || now->type != Type::folder)
    return restore(std::span(&before, 1), disk);
  if (!is_folder_made_on_the_way(before, change))
    return keep_trees ? Result<Done>(Done{}) : disk.remove_tree(before.path);
  const auto names = disk.list(before.path);
  if (!names) return names.error();
  return names->empty() ? disk.remove(before.path) : Result<Done>(Done{});
}

}  // namespace

void remove_made_folders(const MadeChange& change, Disk& disk) {
  const auto& files = change.intent.files;
  for (auto before = files.rbegin(); before != files.rend(); ++before) {
    if (!is_folder_made_on_the_way(*before, change)) continue;
    const auto now = std::as_const(disk).stat(before->path);
    const bool is_folder = now && now->type == Type::folder;
    if (is_folder) static_cast<void>(put_back(*before, change, true, disk));
  }
}

bool is_hidden(const Path& path, const Disk& disk) {
  return !image_of(path, disk) && disk.write_access(path).kind == WriteAccess::Kind::of_another;
}

std::optional<PostImage> FilesThen::at(const Path& path) {
  const auto known = known_.find(path.text);
  if (known != known_.end()) return known->second;
  const auto now = image_of(path, disk_);
  std::optional<PostImage> out;
  if (now)
    out = post_image(*now);
  else if (!is_hidden(path, disk_))
    out = PostImage{path, "unreadable", Type::other};
  known_.emplace(path.text, out);
  return out;
}

std::optional<Path> FilesThen::changed_since(const MadeChange& change) {
  for (const FileImage& before : change.intent.files) {
    const auto now = at(before.path);
    if (now && !is_as_left(*now, before, change) && !is_same(*now, post_image(before)))
      return before.path;
  }
  return {};
}

bool FilesThen::are_as_before(const MadeChange& change) {
  const auto& files = change.intent.files;
  return std::all_of(files.begin(), files.end(), [&](const FileImage& before) {
    const auto now = at(before.path);
    return now && is_same(*now, post_image(before));
  });
}

void FilesThen::put_back(const MadeChange& change) {
  for (const FileImage& before : change.intent.files)
    known_.insert_or_assign(before.path.text, post_image(before));
}

Result<Done> put_back_files(const MadeChange& change, bool keep_trees, Disk& disk) {
  dsl::Diagnostics failed;
  const auto& files = change.intent.files;
  for (auto before = files.rbegin(); before != files.rend(); ++before) {
    if (const auto done = put_back(*before, change, keep_trees, disk); !done)
      failed.insert(failed.end(), done.error().begin(), done.error().end());
  }
  if (!failed.empty()) return failed;
  return Done{};
}

}  // namespace gopol::engine
