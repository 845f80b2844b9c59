#include "engine/real/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

#include "engine/real/platform.h"

namespace gopol::engine {
namespace {

constexpr int grace = 300;                       // ms between SIGTERM and SIGKILL
constexpr std::chrono::seconds longest_hunt{2};  // who starts others faster than that is left
constexpr int first_kept = 3;                    // in the child: behind its streams

struct Pipe {
  Descriptor read, write;
};

int open_pipe(Pipe& out) {
  std::array<int, 2> ends{-1, -1};
  if (const int error = platform::open_pipe(ends)) return error;
  out.read = Descriptor(ends[0]);
  out.write = Descriptor(ends[1]);
  return 0;
}

/// If we run without standard streams, a pipe may get number 0, 1 or 2, and the child's dup2 of
/// another would overwrite it before its turn.
int lift(Descriptor& end) {
  if (end.number() > 2) return 0;
  Descriptor higher(::fcntl(end.number(), F_DUPFD_CLOEXEC, 3));
  if (!higher) return errno;
  end = std::move(higher);
  return 0;
}

int open_pipes(Pipe (&pipes)[3]) {
  for (Pipe& pipe : pipes) {
    if (const int error = open_pipe(pipe)) return error;
    if (const int error = lift(pipe.read)) return error;
    if (const int error = lift(pipe.write)) return error;
  }
  return 0;
}

class Actions {
 public:
  Actions() { ::posix_spawn_file_actions_init(&actions_); }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;
  ~Actions() { ::posix_spawn_file_actions_destroy(&actions_); }
  posix_spawn_file_actions_t* get() { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

/// Own group, default signals, nothing blocked: what we ignore or block is our business.
class SpawnAttributes {
 public:
  SpawnAttributes() {
    ::posix_spawnattr_init(&attributes_);
    constexpr int flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
    sigset_t set;
    sigemptyset(&set);  // a macro on macOS
    ::posix_spawnattr_setsigmask(&attributes_, &set);
    for (const int signal : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD})
      sigaddset(&set, signal);
    ::posix_spawnattr_setsigdefault(&attributes_, &set);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(&attributes_, static_cast<short>(flags | platform::spawn_flags()));
  }
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;
  ~SpawnAttributes() { ::posix_spawnattr_destroy(&attributes_); }
  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_;
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

/// How many could be told to end.
std::size_t kill_tree(pid_t top) {
  std::vector<pid_t> all{top};
  std::size_t told = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const pid_t one = all[i];
    if (::kill(one, SIGKILL) == 0) ++told;  // first: it starts no more
    const auto below = platform::children_of(one);
    all.insert(all.end(), below.begin(), below.end());
  }
  return told;
}

void do_not_block(const Descriptor& end) {
  const int flags = ::fcntl(end.number(), F_GETFL);
  ::fcntl(end.number(), F_SETFL, flags | O_NONBLOCK);
}

}  // namespace

int Child::start(const std::string& file, const std::vector<std::string>& argv,
                 const Environment& environment, const ChildEnds& ends) {
  Pipe pipes[3];  // in, out, err
  if (const int error = open_pipes(pipes)) return error;
  Actions actions;
  ::posix_spawn_file_actions_adddup2(actions.get(), pipes[0].read.number(), 0);
  ::posix_spawn_file_actions_adddup2(actions.get(), pipes[1].write.number(), 1);
  ::posix_spawn_file_actions_adddup2(actions.get(), pipes[2].write.number(), 2);
  ::posix_spawn_file_actions_addchdir_np(actions.get(), "/");
  if (ends.kept > first_kept) {
    ::posix_spawn_file_actions_adddup2(actions.get(), ends.kept, first_kept);
    platform::close_inherited(actions.get(), first_kept + 1);
  } else {
    platform::close_inherited(actions.get(), first_kept);  // what our own parent let us inherit
  }
  const SpawnAttributes attributes;
  std::vector<std::string> arguments = argv, variables;
  for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
  pid_t number = -1;
  const int error = ::posix_spawn(&number, file.c_str(), actions.get(), attributes.get(),
                                  pointers(arguments).data(), pointers(variables).data());
  if (error != 0) return error;
  number_ = number;
  *ends.in = std::move(pipes[0].write);
  *ends.out = std::move(pipes[1].read);
  *ends.err = std::move(pipes[2].read);
  for (const Descriptor* end : {ends.in, ends.out, ends.err}) do_not_block(*end);
  return 0;
}

bool Child::has_ended() const {
  siginfo_t found{};
  const int failed =
      ::waitid(P_PID, static_cast<id_t>(number_), &found, WEXITED | WNOHANG | WNOWAIT);
  return failed != 0 ? errno != EINTR : found.si_pid == number_;
}

int Child::finish(bool running) {
  if (running) {
    ::kill(-number_, SIGTERM);
    for (int waited = 0; waited < grace && !has_ended(); waited += 5) ::poll(nullptr, 0, 5);
  }
  ::kill(-number_, SIGKILL);  // what is left of the group; the leader may long be a zombie
  int status = 0;
  while (::waitpid(number_, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  number_ = -1;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

Descendants::Descendants() : before_(platform::children_of(::getpid())) {
  platform::adopt_orphans();
}

void Descendants::end() {
  const auto until = std::chrono::steady_clock::now() + longest_hunt;
  for (bool first = true; first || std::chrono::steady_clock::now() < until; first = false) {
    std::size_t told = 0;
    for (const pid_t one : platform::children_of(::getpid())) {
      if (std::find(before_.begin(), before_.end(), one) != before_.end()) continue;
      told += kill_tree(one);
      ::waitpid(one, nullptr, WNOHANG);
    }
    if (told == 0) return;
    ::poll(nullptr, 0, first ? 0 : 1);
  }
}

}  // namespace gopol::engine
