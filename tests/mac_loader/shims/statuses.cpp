// `<sys/stat.h>` and `<sys/statvfs.h>` of Darwin.
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <limits>

#include "tests/mac_loader/darwin/files.h"
#include "tests/mac_loader/names.h"
#include "tests/mac_loader/shims/files.h"

namespace gopol::mac_loader {
namespace {

darwin::Timespec moment(const timespec& time) { return {time.tv_sec, time.tv_nsec}; }

int fill(int result, const struct stat& ours, darwin::Stat* theirs) {
  if (result != 0) return result;
  *theirs = {};
  theirs->dev = static_cast<std::int32_t>(ours.st_dev);
  theirs->mode = static_cast<std::uint16_t>(ours.st_mode);
  theirs->nlink = static_cast<std::uint16_t>(ours.st_nlink);
  theirs->ino = ours.st_ino;
  theirs->uid = ours.st_uid;
  theirs->gid = ours.st_gid;
  theirs->rdev = static_cast<std::int32_t>(ours.st_rdev);
  theirs->accessed = moment(ours.st_atim);
  theirs->modified = moment(ours.st_mtim);
  theirs->changed = theirs->born = moment(ours.st_ctim);
  theirs->size = ours.st_size;
  theirs->blocks = ours.st_blocks;
  theirs->blksize = static_cast<std::int32_t>(ours.st_blksize);
  return 0;
}

int status(const char* path, darwin::Stat* out) {
  struct stat ours {};
  return fill(::stat(path, &ours), ours, out);
}
int status_of_link(const char* path, darwin::Stat* out) {
  struct stat ours {};
  return fill(::lstat(path, &ours), ours, out);
}
int status_of_open(int file, darwin::Stat* out) {
  struct stat ours {};
  return fill(::fstat(file, &ours), ours, out);
}
int status_at(int folder, const char* path, darwin::Stat* out, int flags) {
  struct stat ours {};
  return fill(::fstatat(folder_here(folder), path, &ours, at_flags_here(flags)), ours, out);
}

std::uint32_t count(std::uint64_t blocks) {
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(blocks, std::numeric_limits<std::uint32_t>::max()));
}

int file_system(const char* path, darwin::Statvfs* out) {
  struct statvfs ours {};
  if (const int result = ::statvfs(path, &ours); result != 0) return result;
  *out = {ours.f_bsize,         ours.f_frsize,       count(ours.f_blocks), count(ours.f_bfree),
          count(ours.f_bavail), count(ours.f_files), count(ours.f_ffree),  count(ours.f_favail),
          ours.f_fsid,          ours.f_flag & 3,     ours.f_namemax};
  return 0;
}

}  // namespace

void add_statuses(Names& names) {
  names.add(inode64("_stat"), status);
  names.add(inode64("_lstat"), status_of_link);
  names.add(inode64("_fstat"), status_of_open);
  names.add(inode64("_fstatat"), status_at);
  names.add("_statvfs", file_system);
}

}  // namespace gopol::mac_loader
