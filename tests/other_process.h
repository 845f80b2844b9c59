#pragma once

#include <sys/wait.h>
#include <unistd.h>

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

/// The same as a user without rights; as root it becomes `nobody` first.
template <class Body>
int as_ordinary_user(Body body) {
  return in_other_process([&] {
    if (::getuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) return 254;
    return body();
  });
}

}  // namespace gopol::tests
