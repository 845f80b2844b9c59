#include "engine/real/real_disk.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>

#include "engine/real/descriptor.h"
#include "engine/real/disk_tree.h"
#include "engine/real/rooted_path.h"
#include "engine/real/spot.h"
#include "engine/real/write_file.h"
#include "engine/real/xattrs.h"

namespace gopol::engine {
namespace {

constexpr std::uint64_t most_whole = 64u << 20;  // bytes; no file that gopol reads whole is larger

bool is_missing(int error) { return error == ENOENT || error == ENOTDIR; }

FileStatus status_of(const struct stat& found) {
  FileStatus out;
  out.type = S_ISREG(found.st_mode)   ? FileStatus::Type::regular
             : S_ISDIR(found.st_mode) ? FileStatus::Type::folder
             : S_ISLNK(found.st_mode) ? FileStatus::Type::symlink
                                      : FileStatus::Type::other;
  out.mode = found.st_mode & 07777;
  out.uid = found.st_uid;
  out.gid = found.st_gid;
  out.size = static_cast<std::uint64_t>(found.st_size);
  return out;
}

dsl::Diagnostic no_file(const Path& path, const struct stat& found) {
  const char* what = S_ISDIR(found.st_mode)    ? "is a folder, not a file"
                     : S_ISFIFO(found.st_mode) ? "is a pipe, not a file"
                                               : "is a device or socket, not a file";
  return dsl::problem("R4002", fmt::format("`{}` {}", path.text, what));
}

/// All of a machine's tree lies below `root_`, which is empty for the real machine: then paths go
/// to the kernel as they are.
class RootedDisk : public Disk {
 public:
  RootedDisk(std::string root, Scratch scratch)
      : root_(std::move(root)), scratch_(std::move(scratch)) {}

  Result<FileStatus> stat(const Path& path) const override {
    return status(path, Follow::not_the_last);
  }
  Result<FileStatus> stat_target(const Path& path) const override {
    return status(path, Follow::all_links);
  }
  Result<std::optional<Path>> resolve(const Path& path) const override;
  Result<std::optional<std::string>> read(const Path& path, Extent part) const override;
  Result<std::optional<std::string>> read_link(const Path& path) const override;
  Result<std::vector<std::string>> list(const Path& folder) const override;
  std::vector<Xattr> xattrs(const Path& path) const override;
  WriteAccess write_access(const Path& path) const override;
  Result<Path> written_path(const Path& path) const override;
  Result<Path> real_path(const Path& path) const override;

  Result<Done> replace(const Path& path, std::string_view bytes, const Attributes& want) override;
  Result<Done> make_folder(const Path& path, const Attributes& want) override;
  Result<Done> set_attributes(const Path& path, const Attributes& want) override;
  Result<Done> rename(const Path& from, const Path& to) override;
  Result<Done> link(const Path& path, std::string_view target) override;
  Result<Done> add_name(const Path& file, const Path& name) override;
  Result<Done> remove(const Path& path) override;
  Result<Done> remove_tree(const Path& path) override;

 private:
  Result<FileStatus> status(const Path& path, Follow follow) const;
  /// Where the kernel finds it. Reading the real machine needs no walk of ours.
  Result<std::string> real(const Path& path, Follow follow) const;

  std::string root_;
  Scratch scratch_;
};

Result<std::string> RootedDisk::real(const Path& path, Follow follow) const {
  if (root_.empty() && path.is_absolute() && path.text.find('\0') == std::string::npos) {
    return path.text;
  }
  auto found = place(root_, path, follow);
  if (!found) return found.error();
  return std::move(found->real);
}

Result<FileStatus> RootedDisk::status(const Path& path, Follow follow) const {
  const auto where = real(path, follow);
  if (!where) return where.error();
  struct stat found {};
  const int failed = follow == Follow::all_links ? ::stat(where->c_str(), &found)
                                                 : ::lstat(where->c_str(), &found);
  if (failed == 0) return status_of(found);
  if (is_missing(errno)) return FileStatus{};
  return disk_problem("look at", path, errno);
}

Result<std::optional<Path>> RootedDisk::resolve(const Path& path) const {
  auto found = place(root_, path, Follow::all_links);
  if (!found) return found.error();
  if (!found->exists) return std::optional<Path>();
  return std::optional(std::move(found->path));
}

Result<Path> RootedDisk::real_path(const Path& path) const {
  const auto found = place(root_, path, Follow::all_links);
  if (!found) return found.error();
  return Path(found->real);
}

Result<std::optional<std::string>> RootedDisk::read(const Path& path, Extent part) const {
  const auto where = real(path, Follow::all_links);
  if (!where) return where.error();
  // O_NONBLOCK: opening a pipe that nobody writes must not wait for one.
  const Descriptor file = open_file(*where, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (!file && is_missing(errno)) return std::optional<std::string>();
  if (!file && errno != ENXIO) return disk_problem("read", path, errno);
  struct stat found {};
  if (!file) return no_file(path, found);  // ENXIO: a socket
  if (::fstat(file.number(), &found) != 0) return disk_problem("read", path, errno);
  if (!S_ISREG(found.st_mode)) return no_file(path, found);
  const auto size = static_cast<std::uint64_t>(found.st_size);
  const bool whole = part.size == UINT64_MAX;
  std::string bytes;
  const std::uint64_t rest = size - std::min(size, part.offset);
  const std::uint64_t most = whole ? most_whole + 1 : part.size;
  if (!whole || rest <= most_whole) {
    bytes.reserve(static_cast<std::size_t>(std::min(most, rest + 1)));
    if (const int error = read_some(file.number(), part.offset, most, bytes)) {
      return disk_problem("read", path, error);
    }
  }
  if (whole && (rest > most_whole || bytes.size() > most_whole)) {
    return disk_problem("read", path, EFBIG, "gopol reads whole files up to 64 MiB");
  }
  return std::optional(std::move(bytes));
}

Result<std::optional<std::string>> RootedDisk::read_link(const Path& path) const {
  const auto where = real(path, Follow::not_the_last);
  if (!where) return where.error();
  char target[PATH_MAX];
  const ssize_t count = ::readlink(where->c_str(), target, sizeof target);
  if (count >= 0) return std::optional(std::string(target, static_cast<std::size_t>(count)));
  if (is_missing(errno) || errno == EINVAL) return std::optional<std::string>();
  return disk_problem("read the link", path, errno);
}

std::vector<Xattr> RootedDisk::xattrs(const Path& path) const {
  const auto where = real(path, Follow::not_the_last);
  if (!where) return {};
  const Descriptor file = open_file(*where, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
  return file ? xattrs_of(file.number()) : std::vector<Xattr>();
}

struct CloseListing {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

Result<std::vector<std::string>> RootedDisk::list(const Path& folder) const {
  const auto where = real(folder, Follow::all_links);
  if (!where) return where.error();
  Descriptor opened = open_file(*where, O_RDONLY | O_DIRECTORY | O_NONBLOCK);
  struct stat found {};
  if (!opened && errno == ENOENT) return std::vector<std::string>{};
  if (!opened && errno == ENOTDIR && ::stat(where->c_str(), &found) != 0)
    return std::vector<std::string>{};
  if (!opened) return disk_problem("list", folder, errno);
  const std::unique_ptr<DIR, CloseListing> stream(::fdopendir(opened.number()));
  if (!stream) return disk_problem("list", folder, errno);
  opened.release();
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
    errno = 0;
  }
  if (errno != 0) return disk_problem("list", folder, errno);
  std::sort(names.begin(), names.end());
  return names;
}

WriteAccess RootedDisk::write_access(const Path& path) const {
  using Kind = WriteAccess::Kind;
  const auto found = place(root_, path, Follow::all_links);
  if (!found) return {Kind::of_another, path};
  struct stat status {};
  WriteAccess out;
  std::string folder = found->real;
  const bool exists = ::stat(folder.c_str(), &status) == 0;
  const bool is_folder = exists && S_ISDIR(status.st_mode);
  if (exists && S_ISREG(status.st_mode)) out.other_names = status.st_nlink - 1;
  // Replacing makes a new file: only its owner, or root, can give it the same owner.
  if (exists && !is_folder && ::geteuid() != 0 && status.st_uid != ::geteuid())
    return {Kind::of_another, found->path, out.other_names};
  if (!is_folder) folder = Path(folder).parent().text;
  while (::stat(folder.c_str(), &status) != 0 && folder.size() > 1)
    folder = Path(folder).parent().text;
  if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0) return out;
  const bool own = errno == EROFS || status.st_uid == ::geteuid();
  out.kind = own ? Kind::read_only : Kind::of_another;
  out.at = Path(folder.substr(root_.size()));
  return out;
}

Result<Path> RootedDisk::written_path(const Path& path) const {
  auto found = place(root_, path, Follow::own_links);
  if (!found) return found.error();
  return std::move(found->path);
}

/// A change of the tree at the real place of `path`: `act` answers an errno.
template <class Act>
Result<Done> change(const std::string& root, const Path& path, Follow follow, std::string_view verb,
                    Spot::Missing missing, Act act) {
  const auto found = place(root, path, follow);
  if (!found) return found.error();
  const int error = act(Spot::inside(root, found->path.text, missing));
  if (error == 0) return Done{};
  if (error == not_durable) {
    return disk_problem(verb, path, EIO,
                        "it is done, but a power cut may take it back: check the disk");
  }
  if (error == link_came) {
    return dsl::problem(
        "R4002", fmt::format("cannot {} `{}`: a link came into its way meanwhile", verb, path.text),
        "nothing was changed; find out who writes there");
  }
  return disk_problem(verb, path, error, "nothing was changed");
}

Result<Done> RootedDisk::replace(const Path& path, std::string_view bytes, const Attributes& want) {
  return change(root_, path, Follow::own_links, "write", Spot::Missing::make,
                [&](const Spot& spot) { return replace_file(spot, bytes, want); });
}

Result<Done> RootedDisk::make_folder(const Path& path, const Attributes& want) {
  return change(root_, path, Follow::own_links, "make the folder", Spot::Missing::make,
                [&](const Spot& spot) { return make_real_folder(spot, want); });
}

Result<Done> RootedDisk::set_attributes(const Path& path, const Attributes& want) {
  return change(root_, path, Follow::own_links, "set owner and mode of", Spot::Missing::fail,
                [&](const Spot& spot) { return give_attributes(spot, want); });
}

Result<Done> RootedDisk::rename(const Path& from, const Path& to) {
  const auto target = place(root_, to, Follow::own_not_the_last);
  if (!target) return target.error();
  const Spot there = Spot::inside(root_, target->path.text, Spot::Missing::fail);
  return change(root_, from, Follow::own_not_the_last, "rename", Spot::Missing::fail,
                [&](const Spot& spot) { return rename_durably(spot, there); });
}

Result<Done> RootedDisk::link(const Path& path, std::string_view target) {
  return change(root_, path, Follow::own_not_the_last, "link", Spot::Missing::make,
                [&](const Spot& spot) { return switch_link(spot, std::string(target)); });
}

Result<Done> RootedDisk::add_name(const Path& file, const Path& name) {
  const auto target = place(root_, name, Follow::own_not_the_last);
  if (!target) return target.error();
  const Spot there = Spot::inside(root_, target->path.text, Spot::Missing::fail);
  return change(root_, file, Follow::own_not_the_last, "keep", Spot::Missing::fail,
                [&](const Spot& spot) { return add_one_name(spot, there); });
}

Result<Done> RootedDisk::remove(const Path& path) {
  return change(root_, path, Follow::own_not_the_last, "remove", Spot::Missing::fail,
                [](const Spot& spot) { return remove_one(spot); });
}

Result<Done> RootedDisk::remove_tree(const Path& path) {
  const auto found = place(root_, path, Follow::own_not_the_last);
  if (!found) return found.error();
  if (found->path.text == "/") return disk_problem("remove", path, EBUSY);
  const Spot spot = Spot::inside(root_, found->path.text, Spot::Missing::fail);
  const TreeTrouble trouble = remove_real_tree(spot, found->real);
  if (!trouble) return Done{};
  return disk_problem("remove", Path(trouble.at.substr(root_.size())), trouble.error,
                      fmt::format("a part of `{}` may be gone; try again", path.text));
}

}  // namespace

std::unique_ptr<Disk> real_disk() { return std::make_unique<RootedDisk>("", Scratch()); }

std::unique_ptr<Disk> rooted_disk(const Path& root, Scratch scratch) {
  return std::make_unique<RootedDisk>(root.text == "/" ? "" : root.text, std::move(scratch));
}

}  // namespace gopol::engine
