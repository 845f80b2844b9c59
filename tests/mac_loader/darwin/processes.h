#pragma once

#include <cstdint>

/// `<sys/signal.h>`, `<sys/wait.h>`, `<sys/spawn.h>`, `<sys/resource.h>` of Darwin.
namespace gopol::mac_loader::darwin {

inline constexpr int sigemt = 7, sigbus = 10, sigsys = 12, sigurg = 16, sigstop = 17, sigtstp = 18,
                     sigcont = 19, sigchld = 20, sigio = 23, siginfo = 29, sigusr1 = 30,
                     sigusr2 = 31;

using SignalSet = std::uint32_t;  ///< signal n is bit n - 1

inline constexpr int sig_block = 1, sig_unblock = 2, sig_setmask = 3;

inline constexpr int sa_onstack = 0x1, sa_restart = 0x2, sa_resethand = 0x4, sa_nocldstop = 0x8,
                     sa_nodefer = 0x10, sa_nocldwait = 0x20, sa_siginfo = 0x40;

struct Sigaction {
  void (*handler)(int);
  SignalSet mask;
  int flags;
};

struct Siginfo {
  int signo, error, code;
  std::int32_t pid;
  std::uint32_t uid;
  int status;
  void* address;
  std::uint64_t value;
  std::int64_t band;
  std::uint64_t padding[7];
};

inline constexpr int wnohang = 0x1, wuntraced = 0x2, wexited = 0x4, wstopped = 0x8,
                     wcontinued = 0x10, wnowait = 0x20;

inline constexpr int spawn_resetids = 0x1, spawn_setpgroup = 0x2, spawn_setsigdef = 0x4,
                     spawn_setsigmask = 0x8, spawn_cloexec_default = 0x4000;

inline constexpr int rlimit_cpu = 0, rlimit_fsize = 1, rlimit_data = 2, rlimit_stack = 3,
                     rlimit_core = 4, rlimit_as = 5, rlimit_memlock = 6, rlimit_nproc = 7,
                     rlimit_nofile = 8;
inline constexpr std::uint64_t rlim_infinity = 0x7fffffffffffffff;

struct Rlimit {
  std::uint64_t now, most;
};

}  // namespace gopol::mac_loader::darwin
