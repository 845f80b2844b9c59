#pragma once

#include <cstddef>
#include <cstdint>

/// `<fcntl.h>`, `<sys/stat.h>`, `<dirent.h>`, `<sys/statvfs.h>`, `<sys/mman.h>`, `<copyfile.h>`,
/// `<unistd.h>` of Darwin.
namespace gopol::mac_loader::darwin {

inline constexpr int o_accmode = 3, o_nonblock = 0x4, o_append = 0x8, o_shlock = 0x10,
                     o_exlock = 0x20, o_nofollow = 0x100, o_creat = 0x200, o_trunc = 0x400,
                     o_excl = 0x800, o_noctty = 0x20000, o_directory = 0x100000,
                     o_cloexec = 0x1000000, o_sync = 0x80, o_exec = 0x40000000;

inline constexpr int at_fdcwd = -2, at_eaccess = 0x10, at_symlink_nofollow = 0x20,
                     at_symlink_follow = 0x40, at_removedir = 0x80;

inline constexpr int f_dupfd = 0, f_getfd = 1, f_setfd = 2, f_getfl = 3, f_setfl = 4, f_getlk = 7,
                     f_setlk = 8, f_setlkw = 9, f_nocache = 48, f_getpath = 50, f_fullfsync = 51,
                     f_dupfd_cloexec = 67, f_setnosigpipe = 73, f_barrierfsync = 85;

inline constexpr std::int64_t utime_now = -1, utime_omit = -2;

inline constexpr int map_shared = 1, map_private = 2, map_fixed = 0x10, map_anon = 0x1000;

inline constexpr unsigned copyfile_data = 1u << 3;

struct Timespec {
  std::int64_t seconds, nanoseconds;
};

struct Stat {
  std::int32_t dev;
  std::uint16_t mode, nlink;
  std::uint64_t ino;
  std::uint32_t uid, gid;
  std::int32_t rdev;
  std::int32_t padding;
  Timespec accessed, modified, changed, born;
  std::int64_t size, blocks;
  std::int32_t blksize;
  std::uint32_t flags, generation;
  std::int32_t spare;
  std::int64_t spares[2];
};

struct Dirent {
  std::uint64_t ino, seekoff;
  std::uint16_t reclen, namlen;
  std::uint8_t type;
  char name[1024];
};

struct Statvfs {
  std::uint64_t bsize, frsize;
  std::uint32_t blocks, bfree, bavail, files, ffree, favail;
  std::uint64_t fsid, flag, namemax;
};

struct Flock {
  std::int64_t start, len;
  std::int32_t pid;
  std::int16_t type, whence;
};

inline constexpr int sc_arg_max = 1, sc_clk_tck = 3, sc_open_max = 5, sc_pagesize = 29,
                     sc_nprocessors_conf = 57, sc_nprocessors_onln = 58, sc_getpw_r_size_max = 71,
                     sc_host_name_max = 72;

}  // namespace gopol::mac_loader::darwin
