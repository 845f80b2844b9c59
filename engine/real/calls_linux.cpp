#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

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

void adopt_orphans() { ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

/// Source: proc_pid_task_tid_children(5); nothing from a kernel that has no such file.
std::vector<pid_t> children_of(pid_t process) {
  std::vector<pid_t> out;
  std::error_code error;
  const std::string threads = "/proc/" + std::to_string(process) + "/task";
  for (std::filesystem::directory_iterator thread(threads, error), end; !error && thread != end;
       thread.increment(error)) {
    std::ifstream children(thread->path() / "children");
    for (pid_t one = 0; children >> one;) out.push_back(one);
  }
  return out;
}

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
