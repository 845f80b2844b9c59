#include "engine/rehearse/disk_copy.h"

#include <fmt/format.h>

#include <utility>

#include "engine/host/file_edit.h"
#include "engine/rehearse/copied_tree.h"

namespace gopol::engine {
namespace {

using Type = FileStatus::Type;

dsl::Diagnostic refused_by(const Path& path, std::string_view what) {
  return dsl::problem("R4002", fmt::format("`{}` {}", path.text, what), "nothing was changed");
}

void give(const Attributes& want, FileStatus& status) {
  if (want.mode) status.mode = *want.mode;
  if (want.uid) status.uid = *want.uid;
  if (want.gid) status.gid = *want.gid;
}

class DiskCopy final : public Disk {
 public:
  DiskCopy(const Disk& disk, CopyLog& log) : disk_(disk), tree_(disk, log.saw_change) {}

  Result<FileStatus> stat(const Path& path) const override { return status(path, false); }
  Result<FileStatus> stat_target(const Path& path) const override { return status(path, true); }
  Result<std::optional<Path>> resolve(const Path& path) const override;
  Result<std::optional<std::string>> read(const Path& path, Extent part) const override;
  Result<std::optional<std::string>> read_link(const Path& path) const override;
  Result<std::vector<std::string>> list(const Path& folder) const override;
  /// As the machine answers: the copy has no owners of its own.
  WriteAccess write_access(const Path& path) const override { return disk_.write_access(path); }
  Result<Path> written_path(const Path& path) const override { return tree_.follow(path, true); }
  Result<Path> real_path(const Path& path) const override { return disk_.real_path(path); }

  Result<Done> replace(const Path& path, std::string_view bytes, const Attributes& want) override;
  Result<Done> make_folder(const Path& path, const Attributes& want) override;
  Result<Done> set_attributes(const Path& path, const Attributes& want) override;
  Result<Done> rename(const Path& from, const Path& to) override;
  Result<Done> link(const Path& path, std::string_view target) override;
  Result<Done> remove(const Path& path) override;
  Result<Done> remove_tree(const Path& path) override;

 private:
  struct Seen {
    Path path;  ///< links followed
    CopiedView view;
  };
  Result<Seen> see(const Path& path, bool last) const;
  Result<FileStatus> status(const Path& path, bool last) const;
  Result<Done> make_above(const Path& path);

  const Disk& disk_;
  CopiedTree tree_;
};

Result<DiskCopy::Seen> DiskCopy::see(const Path& path, bool last) const {
  auto real = tree_.follow(path, last);
  if (!real) return real.error();
  auto view = tree_.look(*real);
  if (!view) return view.error();
  return Seen{std::move(*real), std::move(*view)};
}

Result<FileStatus> DiskCopy::status(const Path& path, bool last) const {
  auto seen = see(path, last);
  if (!seen) return seen.error();
  return seen->view.status;
}

Result<std::optional<Path>> DiskCopy::resolve(const Path& path) const {
  auto seen = see(path, true);
  if (!seen) return seen.error();
  if (seen->view.status.type == Type::absent) return std::optional<Path>();
  return std::optional(std::move(seen->path));
}

Result<std::optional<std::string>> DiskCopy::read(const Path& path, Extent part) const {
  const auto seen = see(path, true);
  if (!seen) return seen.error();
  const CopiedView& view = seen->view;
  if (view.status.type == Type::absent) return std::optional<std::string>();
  if (view.from) return disk_.read(*view.from, part);
  if (view.status.type != Type::regular) return refused_by(path, "is a folder, not a file");
  const std::string& bytes = view.node->bytes;
  if (part.offset >= bytes.size()) return std::optional<std::string>("");
  return std::optional(bytes.substr(part.offset, part.size));
}

Result<std::optional<std::string>> DiskCopy::read_link(const Path& path) const {
  const auto seen = see(path, false);
  if (!seen) return seen.error();
  const CopiedView& view = seen->view;
  if (view.status.type != Type::symlink) return std::optional<std::string>();
  if (view.from) return disk_.read_link(*view.from);
  return std::optional(view.node->bytes);
}

Result<std::vector<std::string>> DiskCopy::list(const Path& folder) const {
  const auto seen = see(folder, true);
  if (!seen) return seen.error();
  if (seen->view.status.type == Type::absent) return std::vector<std::string>{};
  return tree_.list(seen->path);
}

/// The folders above a path that has no links on the way.
Result<Done> DiskCopy::make_above(const Path& path) {
  const Path folder = path.parent();
  const auto view = tree_.look(folder);
  if (!view) return view.error();
  if (view->status.type == Type::folder) return Done{};
  if (view->status.type != Type::absent) return refused_by(folder, "is not a folder");
  if (auto done = make_above(folder); !done) return done;
  tree_.put(folder, {{.type = Type::folder, .mode = 0755}, ""});
  return Done{};
}

Result<Done> DiskCopy::replace(const Path& path, std::string_view bytes, const Attributes& want) {
  const auto seen = see(path, true);
  if (!seen) return seen.error();
  CopiedNode node{seen->view.status, std::string(bytes)};
  if (node.status.type == Type::folder) return refused_by(path, "is a folder");
  if (node.status.type == Type::absent) {
    if (auto done = make_above(seen->path); !done) return done;
    node.status.mode = 0644;
  }
  node.status.type = Type::regular;
  node.status.size = bytes.size();
  give(want, node.status);
  tree_.put(seen->path, std::move(node));
  return Done{};
}

Result<Done> DiskCopy::make_folder(const Path& path, const Attributes& want) {
  const auto seen = see(path, true);
  if (!seen) return seen.error();
  const CopiedView& view = seen->view;
  if (view.status.type == Type::folder) return set_attributes(path, want);
  if (view.status.type != Type::absent) return refused_by(path, "is not a folder");
  if (auto done = make_above(seen->path); !done) return done;
  CopiedNode node{{.type = Type::folder, .mode = 0755}, ""};
  give(want, node.status);
  tree_.put(seen->path, std::move(node));
  return Done{};
}

Result<Done> DiskCopy::set_attributes(const Path& path, const Attributes& want) {
  const auto seen = see(path, true);
  if (!seen) return seen.error();
  const CopiedView& view = seen->view;
  if (view.status.type == Type::absent) return refused_by(path, "is not there");
  FileStatus status = view.status;
  give(want, status);
  if (status == view.status) return Done{};
  CopiedNode node{status, view.node != nullptr ? view.node->bytes : "", view.from};
  tree_.put(seen->path, std::move(node));
  return Done{};
}

Result<Done> DiskCopy::rename(const Path& from, const Path& to) {
  const auto seen = see(from, false);
  if (!seen) return seen.error();
  const auto target = tree_.follow(to, false);
  if (!target) return target.error();
  const CopiedView& view = seen->view;
  if (view.status.type == Type::absent) return refused_by(from, "is not there");
  CopiedNode node{view.status, view.node != nullptr ? view.node->bytes : "", view.from};
  tree_.move(seen->path, *target);
  tree_.put(*target, std::move(node));
  tree_.put(seen->path, {});
  return Done{};
}

Result<Done> DiskCopy::link(const Path& path, std::string_view target) {
  const auto seen = see(path, false);
  if (!seen) return seen.error();
  const Type type = seen->view.status.type;
  if (type != Type::absent && type != Type::symlink)
    return refused_by(path, "is there, and is not a link");
  if (auto done = make_above(seen->path); !done) return done;
  CopiedNode node{seen->view.status, std::string(target)};
  node.status.type = Type::symlink;
  node.status.mode = 0777;
  tree_.put(seen->path, std::move(node));
  return Done{};
}

Result<Done> DiskCopy::remove(const Path& path) {
  const auto seen = see(path, false);
  if (!seen) return seen.error();
  if (seen->view.status.type == Type::absent) return Done{};
  if (seen->view.status.type == Type::folder) {
    const auto names = tree_.list(seen->path);
    if (!names) return names.error();
    if (!names->empty()) return refused_by(path, "is not empty");
    tree_.forget_below(seen->path);
  }
  tree_.put(seen->path, {});
  return Done{};
}

Result<Done> DiskCopy::remove_tree(const Path& path) {
  const auto seen = see(path, false);
  if (!seen) return seen.error();
  if (seen->path.text == "/") return refused_by(path, "is the root");
  tree_.forget_below(seen->path);
  if (seen->view.status.type != Type::absent) tree_.put(seen->path, {});
  return Done{};
}

}  // namespace

std::unique_ptr<Disk> disk_copy(const Disk& disk, CopyLog& log) {
  return std::make_unique<DiskCopy>(disk, log);
}

}  // namespace gopol::engine
