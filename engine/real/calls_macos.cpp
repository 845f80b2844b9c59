#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "engine/real/platform.h"

namespace gopol::engine::platform {

int flush(int descriptor) {
  // fsync there stops at the drive's cache (man 2 fsync); not every file system knows the full one.
  if (::fcntl(descriptor, F_FULLFSYNC) == 0) return 0;
  return ::fsync(descriptor) == 0 ? 0 : errno;
}

int flush_file_system(const std::string&) {
  ::sync();
  return 0;
}

int search_flags() { return O_SEARCH; }

void end_with_parent() {}  // it learns so from a closed pipe

void adopt_orphans() {}

std::vector<pid_t> children_of(pid_t) { return {}; }

int open_pipe(std::array<int, 2>& ends) {
  // No pipe2 there. We start programs from one thread, so nobody forks between these calls.
  if (::pipe(ends.data()) != 0) return errno;
  for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
  return 0;
}

bool is_wrong_cpu(int error) { return error == EBADARCH; }

std::array<timespec, 2> times(const struct stat& status) {
  return {status.st_atimespec, status.st_mtimespec};
}

void close_inherited(posix_spawn_file_actions_t*, int) {}  // by the flag

short spawn_flags() { return POSIX_SPAWN_CLOEXEC_DEFAULT; }

}  // namespace gopol::engine::platform
