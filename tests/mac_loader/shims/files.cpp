// `<fcntl.h>`, `<unistd.h>`, `<sys/stat.h>`, `<sys/mman.h>` of Darwin: calls with files.
#include "tests/mac_loader/shims/files.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>

#include "tests/mac_loader/darwin/errors.h"
#include "tests/mac_loader/darwin/files.h"
#include "tests/mac_loader/names.h"
#include "tests/mac_loader/shims/errors.h"
#include "tests/mac_loader/shims/flags.h"

namespace gopol::mac_loader {
namespace {

constexpr Bit open_bits[] = {
    {darwin::o_nonblock, O_NONBLOCK}, {darwin::o_append, O_APPEND},
    {darwin::o_nofollow, O_NOFOLLOW}, {darwin::o_creat, O_CREAT},
    {darwin::o_trunc, O_TRUNC},       {darwin::o_excl, O_EXCL},
    {darwin::o_noctty, O_NOCTTY},     {darwin::o_directory, O_DIRECTORY},
    {darwin::o_cloexec, O_CLOEXEC},   {darwin::o_sync, O_SYNC},
    {darwin::o_exec, O_PATH},  // of a folder: to be searched, not read
};

constexpr Bit at_bits[] = {
    {darwin::at_eaccess, AT_EACCESS},
    {darwin::at_symlink_nofollow, AT_SYMLINK_NOFOLLOW},
    {darwin::at_symlink_follow, AT_SYMLINK_FOLLOW},
    {darwin::at_removedir, AT_REMOVEDIR},
};

/// Darwin has no word for a link that O_NOFOLLOW refuses but ELOOP, as here.
int open_file(const char* path, int flags, MacList rest) {
  const int here = open_flags_here(flags);
  if ((flags & darwin::o_creat) == 0) return ::open(path, here);
  return ::open(path, here, static_cast<mode_t>(va_arg(rest, int)));
}

int open_at(int folder, const char* path, int flags, MacList rest) {
  const int here = open_flags_here(flags);
  if ((flags & darwin::o_creat) == 0) return ::openat(folder_here(folder), path, here);
  return ::openat(folder_here(folder), path, here, static_cast<mode_t>(va_arg(rest, int)));
}

int lock(int descriptor, int command, darwin::Flock* theirs) {
  struct flock ours {};
  constexpr Bit types[] = {{1, F_RDLCK}, {2, F_UNLCK}, {3, F_WRLCK}};
  ours.l_type = static_cast<short>(number_here(theirs->type, types, "a lock"));
  ours.l_whence = theirs->whence;
  ours.l_start = theirs->start;
  ours.l_len = theirs->len;
  const int out = ::fcntl(descriptor, command, &ours);
  if (out == 0 && command == F_GETLK) {
    for (const Bit& type : types) {
      if (type.here == ours.l_type) theirs->type = static_cast<std::int16_t>(type.there);
    }
    theirs->pid = ours.l_pid;
  }
  return out;
}

int control_file(int descriptor, int command, MacList rest) {
  switch (command) {
    case darwin::f_dupfd:
    case darwin::f_getfd:
    case darwin::f_setfd: return ::fcntl(descriptor, command, va_arg(rest, int));
    case darwin::f_getfl: {
      const int flags = ::fcntl(descriptor, F_GETFL);
      if (flags < 0) return flags;
      return (flags & O_ACCMODE) | bits_there(flags & ~O_ACCMODE, open_bits);
    }
    case darwin::f_setfl: return ::fcntl(descriptor, F_SETFL, open_flags_here(va_arg(rest, int)));
    case darwin::f_getlk: return lock(descriptor, F_GETLK, va_arg(rest, darwin::Flock*));
    case darwin::f_setlk: return lock(descriptor, F_SETLK, va_arg(rest, darwin::Flock*));
    case darwin::f_setlkw: return lock(descriptor, F_SETLKW, va_arg(rest, darwin::Flock*));
    case darwin::f_dupfd_cloexec: return ::fcntl(descriptor, F_DUPFD_CLOEXEC, va_arg(rest, int));
    case darwin::f_fullfsync:
    case darwin::f_barrierfsync: return ::fsync(descriptor);
    case darwin::f_nocache:
    case darwin::f_setnosigpipe: return 0;
    default: stop("fcntl has a command without a translation: " + std::to_string(command));
  }
}

int access_at(int folder, const char* path, int mode, int flags) {
  return ::faccessat(folder_here(folder), path, mode, at_flags_here(flags));
}
int change_mode_at(int folder, const char* path, mode_t mode, int flags) {
  return ::fchmodat(folder_here(folder), path, mode, at_flags_here(flags));
}
int change_owner_at(int folder, const char* path, uid_t user, gid_t group, int flags) {
  return ::fchownat(folder_here(folder), path, user, group, at_flags_here(flags));
}
int link_at(int from, const char* path, int to, const char* name, int flags) {
  return ::linkat(folder_here(from), path, folder_here(to), name, at_flags_here(flags));
}
int make_folder_at(int folder, const char* path, mode_t mode) {
  return ::mkdirat(folder_here(folder), path, mode);
}
ssize_t read_link_at(int folder, const char* path, char* to, std::size_t size) {
  return ::readlinkat(folder_here(folder), path, to, size);
}
int rename_at(int from, const char* path, int to, const char* name) {
  return ::renameat(folder_here(from), path, folder_here(to), name);
}
int symlink_at(const char* target, int folder, const char* path) {
  return ::symlinkat(target, folder_here(folder), path);
}

/// Darwin says EPERM where a folder is to be removed as a file.
int remove_file(const char* path) {
  const int out = ::unlink(path);
  return out != 0 && errno == EISDIR ? fail(EPERM) : out;
}
int remove_at(int folder, const char* path, int flags) {
  const int out = ::unlinkat(folder_here(folder), path, at_flags_here(flags));
  return out != 0 && errno == EISDIR ? fail(EPERM) : out;
}

std::int64_t time_here(std::int64_t nanoseconds) {
  if (nanoseconds == darwin::utime_now) return UTIME_NOW;
  return nanoseconds == darwin::utime_omit ? UTIME_OMIT : nanoseconds;
}
int set_times_at(int folder, const char* path, const darwin::Timespec* times, int flags) {
  if (times == nullptr) {
    return ::utimensat(folder_here(folder), path, nullptr, at_flags_here(flags));
  }
  const timespec ours[2] = {{times[0].seconds, time_here(times[0].nanoseconds)},
                            {times[1].seconds, time_here(times[1].nanoseconds)}};
  return ::utimensat(folder_here(folder), path, ours, at_flags_here(flags));
}

void* map_memory(void* place, std::size_t size, int rights, int flags, int file, off_t offset) {
  constexpr Bit map_bits[] = {{darwin::map_shared, MAP_SHARED},
                              {darwin::map_private, MAP_PRIVATE},
                              {darwin::map_fixed, MAP_FIXED},
                              {darwin::map_anon, MAP_ANONYMOUS}};
  return ::mmap(place, size, rights, bits_here(flags, map_bits, "mmap"), file, offset);
}

std::uint16_t set_umask(int mask) {
  return static_cast<std::uint16_t>(::umask(static_cast<mode_t>(mask)));
}
int make_node(const char* path, std::uint16_t mode, std::int32_t device) {
  return ::mknod(path, mode, static_cast<dev_t>(device));
}
char* real_path(const char* path, char* to) { return ::realpath(path, to); }

}  // namespace

int folder_here(int descriptor) { return descriptor == darwin::at_fdcwd ? AT_FDCWD : descriptor; }

int at_flags_here(int flags) { return bits_here(flags, at_bits, "a call that ends with `at`"); }

int open_flags_here(int flags) {
  return (flags & darwin::o_accmode) | bits_here(flags & ~darwin::o_accmode, open_bits, "open");
}

void add_files(Names& names) {
  names.add_variadic<open_file>("_open");
  names.add_variadic<open_at>("_openat");
  names.add_variadic<control_file>("_fcntl");
  names.add("_faccessat", access_at);
  names.add("_fchmodat", change_mode_at);
  names.add("_fchownat", change_owner_at);
  names.add("_linkat", link_at);
  names.add("_mkdirat", make_folder_at);
  names.add("_readlinkat", read_link_at);
  names.add("_renameat", rename_at);
  names.add("_symlinkat", symlink_at);
  names.add("_unlink", remove_file);
  names.add("_unlinkat", remove_at);
  names.add("_utimensat", set_times_at);
  names.add("_mmap", map_memory);
  names.add("_umask", set_umask);
  names.add("_mknod", make_node);
  names.add("_realpath$DARWIN_EXTSN", real_path);
}

}  // namespace gopol::mac_loader
