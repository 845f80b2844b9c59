#pragma once

#ifdef __linux__
#include <sched.h>
#endif
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>

namespace gopol::tests {

/// Runs `body` in a child and gives what it answers (0 to 255); 255 too if it crashed. For what a
/// process cannot take back: its user, its confinement, a lock it holds.
template <class Body>
int in_other_process(Body body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body());
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

#ifdef __linux__
/// Lets this process mount: in a name space of its own, where an ordinary user stays who he is.
inline bool enter_own_mounts() {
  const uid_t uid = ::getuid();
  const gid_t gid = ::getgid();
  if (uid == 0) return ::unshare(CLONE_NEWNS) == 0;
  if (::unshare(CLONE_NEWNS | CLONE_NEWUSER) != 0) return false;
  const auto write = [](const char* file, const std::string& text) {
    std::ofstream out(file);
    out << text << std::flush;
    return out.good();
  };
  return write("/proc/self/setgroups", "deny") &&
         write("/proc/self/uid_map", std::to_string(uid) + " " + std::to_string(uid) + " 1") &&
         write("/proc/self/gid_map", std::to_string(gid) + " " + std::to_string(gid) + " 1");
}
#endif

/// The same as a user without rights; as root it becomes `nobody` first.
template <class Body>
int as_ordinary_user(Body body) {
  return in_other_process([&] {
    if (::getuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) return 254;
    return body();
  });
}

}  // namespace gopol::tests
