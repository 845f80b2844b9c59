#include <fcntl.h>
#include <fmt/format.h>
#include <pthread.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <utility>

#include "engine/host/file_edit.h"
#include "engine/real/rooted_path.h"
#include "engine/real/spot.h"
#include "engine/root/host_for_user.h"

namespace gopol::engine {
namespace {

/// What would end us waits until a change of the disk is whole.
class Undisturbed {
 public:
  Undisturbed() {
    sigset_t ends;
    sigemptyset(&ends);
    for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGQUIT}) sigaddset(&ends, number);
    ::pthread_sigmask(SIG_BLOCK, &ends, &before_);
  }
  Undisturbed(const Undisturbed&) = delete;
  Undisturbed& operator=(const Undisturbed&) = delete;
  ~Undisturbed() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

/// What is made below the home is the user's.
class DiskForUser final : public Disk {
 public:
  DiskForUser(const Account& user, std::unique_ptr<Disk> disk)
      : user_(user), disk_(std::move(disk)), home_(user.home) {
    if (const auto real = reading().resolve(home_); real && *real) home_ = **real;
  }

  Result<FileStatus> stat(const Path& path) const override { return disk_->stat(path); }
  Result<FileStatus> stat_target(const Path& path) const override {
    return disk_->stat_target(path);
  }
  Result<std::optional<Path>> resolve(const Path& path) const override {
    return disk_->resolve(path);
  }
  Result<std::optional<std::string>> read(const Path& path, Extent part) const override {
    return disk_->read(path, part);
  }
  Result<std::optional<std::string>> read_link(const Path& path) const override {
    return disk_->read_link(path);
  }
  Result<std::vector<std::string>> list(const Path& folder) const override {
    return disk_->list(folder);
  }
  std::vector<Xattr> xattrs(const Path& path) const override { return disk_->xattrs(path); }
  WriteAccess write_access(const Path& path) const override { return disk_->write_access(path); }
  Result<Path> written_path(const Path& path) const override { return disk_->written_path(path); }
  Result<Path> real_path(const Path& path) const override { return disk_->real_path(path); }

  Result<Done> replace(const Path& path, std::string_view bytes, const Attributes& want) override {
    const Undisturbed held;
    auto owned = owned_by_user(path, want);
    return owned ? disk_->replace(path, bytes, *owned) : Result<Done>(owned.error());
  }
  Result<Done> make_folder(const Path& path, const Attributes& want) override {
    const Undisturbed held;
    auto owned = owned_by_user(path, want);
    return owned ? disk_->make_folder(path, *owned) : Result<Done>(owned.error());
  }
  Result<Done> set_attributes(const Path& path, const Attributes& want) override {
    const Undisturbed held;
    return disk_->set_attributes(path, want);
  }
  Result<Done> rename(const Path& from, const Path& to) override {
    const Undisturbed held;
    const auto where = place_of(to);
    if (!where) return where.error();
    if (where->is_within(home_)) {
      return dsl::problem("R4002",
                          fmt::format("root moves nothing to `{}`, in a user's home", to.text),
                          "give the folder above it to that user");
    }
    return disk_->rename(from, to);
  }
  Result<Done> link(const Path& path, std::string_view target) override;
  Result<Done> add_name(const Path& file, const Path& name) override {
    const Undisturbed held;
    const auto where = place_of(file);
    if (!where) return where.error();
    if (where->is_within(home_)) {
      return dsl::problem("R4002",
                          fmt::format("root keeps nothing of `{}`, in a user's home", file.text));
    }
    return disk_->add_name(file, name);
  }
  Result<Done> remove(const Path& path) override {
    const Undisturbed held;
    return disk_->remove(path);
  }
  Result<Done> remove_tree(const Path& path) override {
    const Undisturbed held;
    return disk_->remove_tree(path);
  }

 private:
  const Disk& reading() const { return *disk_; }

  /// Where a name lies: the links above it followed, not its own.
  Result<Path> place_of(const Path& path) const {
    auto folder = reading().written_path(path.parent());
    if (!folder) return folder.error();
    return *folder / path.name();
  }

  /// What is new in the home gets its owner, unless another is asked for; so do the folders above.
  Result<Attributes> owned_by_user(const Path& path, Attributes want) {
    const auto where = reading().written_path(path);
    if (!where) return where.error();
    if (auto made = make_folders_above(*where); !made) return made.error();
    const auto now = reading().stat(*where);
    if (!now) return now.error();
    if (!where->is_within(home_) || now->type != FileStatus::Type::absent) return want;
    if (!want.uid) want.uid = user_.uid;
    if (!want.gid) want.gid = user_.gid;
    return want;
  }

  Result<Done> make_folders_above(const Path& where) {
    for (const FileImage& folder : missing_folders(where, reading())) {
      if (!folder.path.is_within(home_)) continue;
      auto made = disk_->make_folder(folder.path, {.uid = user_.uid, .gid = user_.gid});
      if (!made) return made;
    }
    return Done{};
  }

  const Account user_;
  const std::unique_ptr<Disk> disk_;
  Path home_;  ///< its own links followed
};

Result<Done> DiskForUser::link(const Path& path, std::string_view target) {
  const Undisturbed held;
  const auto where = place_of(path);
  if (!where) return where.error();
  if (auto made = make_folders_above(*where); !made) return made;
  const auto before = reading().stat(*where);
  if (!before) return before.error();
  if (auto done = disk_->link(path, target); !done) return done;
  const bool is_new = before->type == FileStatus::Type::absent;
  if (is_new && !where->is_within(home_)) return Done{};
  const auto real = reading().real_path(where->parent());
  if (!real) return real.error();
  const Spot spot = Spot::inside("", (*real / where->name()).text, Spot::Missing::fail);
  const uid_t uid = is_new ? user_.uid : before->uid;
  const gid_t gid = is_new ? user_.gid : before->gid;
  if (spot.error() == 0 &&
      ::fchownat(spot.folder(), spot.name(), uid, gid, AT_SYMLINK_NOFOLLOW) == 0)
    return Done{};
  return disk_problem("give to its user", path, spot.error() > 0 ? spot.error() : errno);
}

}  // namespace

std::unique_ptr<Disk> disk_for_user(const Account& user, std::unique_ptr<Disk> disk) {
  return std::make_unique<DiskForUser>(user, std::move(disk));
}

}  // namespace gopol::engine
