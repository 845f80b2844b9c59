#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "engine/real/descriptor.h"
#include "engine/real/platform.h"

namespace gopol::engine::platform {

int flush(int descriptor) { return ::fsync(descriptor) == 0 ? 0 : errno; }

int flush_file_system(const std::string& folder) {
  const Descriptor opened = open_file(folder, O_RDONLY | O_DIRECTORY);
  return opened && ::syncfs(opened.number()) == 0 ? 0 : errno;
}

int search_flags() { return O_PATH | O_DIRECTORY; }

void end_with_parent() { ::prctl(PR_SET_PDEATHSIG, SIGKILL); }

int open_pipe(std::array<int, 2>& ends) { return ::pipe2(ends.data(), O_CLOEXEC) == 0 ? 0 : errno; }

bool is_wrong_cpu(int) { return false; }  // there it is a file of no known format

std::array<timespec, 2> times(const struct stat& status) {
  return {status.st_atim, status.st_mtim};
}

void close_inherited(posix_spawn_file_actions_t* actions, int from) {
  ::posix_spawn_file_actions_addclosefrom_np(actions, from);
}

short spawn_flags() { return 0; }

}  // namespace gopol::engine::platform
