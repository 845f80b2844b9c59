// Compiled for a Mac, with its headers: what this folder says of Darwin is what they say. Runs
// nowhere.
#include <_ctype.h>
#include <copyfile.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <pwd.h>
#include <regex.h>
#include <runetype.h>
#include <signal.h>
#include <spawn.h>
#include <sys/filio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/mac_loader/darwin/errors.h"
#include "tests/mac_loader/darwin/files.h"
#include "tests/mac_loader/darwin/machine.h"
#include "tests/mac_loader/darwin/processes.h"
#include "tests/mac_loader/darwin/sockets.h"
#include "tests/mac_loader/darwin/threads.h"

namespace darwin = gopol::mac_loader::darwin;

#define SAME_SIZE(ours, theirs) static_assert(sizeof(ours) == sizeof(theirs))
#define SAME_PLACE(ours, a, theirs, b)                      \
  static_assert(offsetof(ours, a) == offsetof(theirs, b) && \
                sizeof(static_cast<ours*>(nullptr)->a) ==   \
                    sizeof(static_cast<theirs*>(nullptr)->b))
#define SAME(ours, theirs) \
  static_assert(darwin::ours == static_cast<decltype(darwin::ours)>(theirs))

using StatThere = struct stat;
SAME_SIZE(darwin::Stat, StatThere);
SAME_PLACE(darwin::Stat, dev, StatThere, st_dev);
SAME_PLACE(darwin::Stat, mode, StatThere, st_mode);
SAME_PLACE(darwin::Stat, nlink, StatThere, st_nlink);
SAME_PLACE(darwin::Stat, ino, StatThere, st_ino);
SAME_PLACE(darwin::Stat, uid, StatThere, st_uid);
SAME_PLACE(darwin::Stat, rdev, StatThere, st_rdev);
SAME_PLACE(darwin::Stat, accessed, StatThere, st_atimespec);
SAME_PLACE(darwin::Stat, modified, StatThere, st_mtimespec);
SAME_PLACE(darwin::Stat, changed, StatThere, st_ctimespec);
SAME_PLACE(darwin::Stat, size, StatThere, st_size);
SAME_PLACE(darwin::Stat, blocks, StatThere, st_blocks);
SAME_PLACE(darwin::Stat, blksize, StatThere, st_blksize);
SAME_PLACE(darwin::Stat, flags, StatThere, st_flags);
SAME_SIZE(darwin::Dirent, struct dirent);
SAME_PLACE(darwin::Dirent, ino, struct dirent, d_ino);
SAME_PLACE(darwin::Dirent, reclen, struct dirent, d_reclen);
SAME_PLACE(darwin::Dirent, namlen, struct dirent, d_namlen);
SAME_PLACE(darwin::Dirent, type, struct dirent, d_type);
SAME_PLACE(darwin::Dirent, name, struct dirent, d_name);
using StatvfsThere = struct statvfs;
SAME_SIZE(darwin::Statvfs, StatvfsThere);
SAME_PLACE(darwin::Statvfs, bavail, StatvfsThere, f_bavail);
SAME_PLACE(darwin::Statvfs, namemax, StatvfsThere, f_namemax);
using FlockThere = struct flock;
SAME_SIZE(darwin::Flock, FlockThere);
SAME_PLACE(darwin::Flock, type, FlockThere, l_type);
SAME_PLACE(darwin::Flock, pid, FlockThere, l_pid);
using SigactionThere = struct sigaction;
SAME_SIZE(darwin::Sigaction, SigactionThere);
SAME_PLACE(darwin::Sigaction, mask, SigactionThere, sa_mask);
SAME_PLACE(darwin::Sigaction, flags, SigactionThere, sa_flags);
SAME_SIZE(darwin::Siginfo, siginfo_t);
SAME_PLACE(darwin::Siginfo, pid, siginfo_t, si_pid);
SAME_PLACE(darwin::Siginfo, status, siginfo_t, si_status);
SAME_SIZE(darwin::SignalSet, sigset_t);
using RlimitThere = struct rlimit;
SAME_SIZE(darwin::Rlimit, RlimitThere);
SAME_PLACE(darwin::Rlimit, now, RlimitThere, rlim_cur);
SAME_PLACE(darwin::Rlimit, most, RlimitThere, rlim_max);
SAME_SIZE(darwin::Mutex, pthread_mutex_t);
SAME_SIZE(darwin::MutexAttributes, pthread_mutexattr_t);
SAME_SIZE(darwin::Cond, pthread_cond_t);
SAME_SIZE(darwin::Rwlock, pthread_rwlock_t);
SAME_SIZE(darwin::Utsname, struct utsname);
SAME_PLACE(darwin::Utsname, machine, struct utsname, machine);
SAME_SIZE(darwin::Passwd, struct passwd);
SAME_PLACE(darwin::Passwd, dir, struct passwd, pw_dir);
SAME_PLACE(darwin::Passwd, shell, struct passwd, pw_shell);
SAME_SIZE(darwin::Timeval, struct timeval);
SAME_SIZE(darwin::Timespec, struct timespec);
SAME_PLACE(darwin::RuneLocale, types, _RuneLocale, __runetype);
SAME_PLACE(darwin::RuneLocale, lower, _RuneLocale, __maplower);
SAME_PLACE(darwin::RuneLocale, upper, _RuneLocale, __mapupper);
SAME_SIZE(darwin::Regex, regex_t);
SAME_PLACE(darwin::Regex, guts, regex_t, re_g);
SAME_SIZE(darwin::Regmatch, regmatch_t);
SAME_SIZE(darwin::Addrinfo, struct addrinfo);
SAME_PLACE(darwin::Addrinfo, canonical_name, struct addrinfo, ai_canonname);
SAME_PLACE(darwin::Addrinfo, address, struct addrinfo, ai_addr);
SAME_PLACE(darwin::Sockaddr, family, struct sockaddr, sa_family);

SAME(o_nonblock, O_NONBLOCK);
SAME(o_append, O_APPEND);
SAME(o_nofollow, O_NOFOLLOW);
SAME(o_creat, O_CREAT);
SAME(o_trunc, O_TRUNC);
SAME(o_excl, O_EXCL);
SAME(o_noctty, O_NOCTTY);
SAME(o_directory, O_DIRECTORY);
SAME(o_cloexec, O_CLOEXEC);
SAME(o_sync, O_SYNC);
SAME(o_exec, O_EXEC);
SAME(at_fdcwd, AT_FDCWD);
SAME(at_eaccess, AT_EACCESS);
SAME(at_symlink_nofollow, AT_SYMLINK_NOFOLLOW);
SAME(at_symlink_follow, AT_SYMLINK_FOLLOW);
SAME(at_removedir, AT_REMOVEDIR);
SAME(f_getlk, F_GETLK);
SAME(f_setlk, F_SETLK);
SAME(f_setlkw, F_SETLKW);
SAME(f_fullfsync, F_FULLFSYNC);
SAME(f_dupfd_cloexec, F_DUPFD_CLOEXEC);
SAME(f_nocache, F_NOCACHE);
SAME(f_setnosigpipe, F_SETNOSIGPIPE);
SAME(utime_now, UTIME_NOW);
SAME(utime_omit, UTIME_OMIT);
SAME(map_anon, MAP_ANON);
SAME(map_fixed, MAP_FIXED);
SAME(copyfile_data, COPYFILE_DATA);
SAME(sc_open_max, _SC_OPEN_MAX);
SAME(sc_pagesize, _SC_PAGESIZE);
SAME(sc_nprocessors_onln, _SC_NPROCESSORS_ONLN);
SAME(sc_getpw_r_size_max, _SC_GETPW_R_SIZE_MAX);
SAME(sc_host_name_max, _SC_HOST_NAME_MAX);
SAME(sigbus, SIGBUS);
SAME(sigsys, SIGSYS);
SAME(sigurg, SIGURG);
SAME(sigstop, SIGSTOP);
SAME(sigtstp, SIGTSTP);
SAME(sigcont, SIGCONT);
SAME(sigchld, SIGCHLD);
SAME(sigio, SIGIO);
SAME(sigusr1, SIGUSR1);
SAME(sigusr2, SIGUSR2);
SAME(sig_block, SIG_BLOCK);
SAME(sig_unblock, SIG_UNBLOCK);
SAME(sig_setmask, SIG_SETMASK);
SAME(sa_restart, SA_RESTART);
SAME(sa_resethand, SA_RESETHAND);
SAME(sa_nodefer, SA_NODEFER);
SAME(wnohang, WNOHANG);
SAME(wexited, WEXITED);
SAME(wnowait, WNOWAIT);
SAME(spawn_setpgroup, POSIX_SPAWN_SETPGROUP);
SAME(spawn_setsigdef, POSIX_SPAWN_SETSIGDEF);
SAME(spawn_setsigmask, POSIX_SPAWN_SETSIGMASK);
SAME(spawn_cloexec_default, POSIX_SPAWN_CLOEXEC_DEFAULT);
SAME(rlimit_cpu, RLIMIT_CPU);
SAME(rlimit_fsize, RLIMIT_FSIZE);
SAME(rlimit_data, RLIMIT_DATA);
SAME(rlimit_stack, RLIMIT_STACK);
SAME(rlimit_core, RLIMIT_CORE);
SAME(rlimit_as, RLIMIT_AS);
SAME(rlimit_memlock, RLIMIT_MEMLOCK);
SAME(rlimit_nproc, RLIMIT_NPROC);
SAME(rlimit_nofile, RLIMIT_NOFILE);
SAME(rlim_infinity, RLIM_INFINITY);
SAME(clock_monotonic, CLOCK_MONOTONIC);
SAME(clock_monotonic_raw, CLOCK_MONOTONIC_RAW);
SAME(clock_uptime_raw, CLOCK_UPTIME_RAW);
SAME(mutex_recursive, PTHREAD_MUTEX_RECURSIVE);
SAME(reg_icase, REG_ICASE);
SAME(reg_nosub, REG_NOSUB);
SAME(reg_newline, REG_NEWLINE);
SAME(rune_alpha, _CTYPE_A);
SAME(rune_space, _CTYPE_S);
SAME(rune_print, _CTYPE_R);
SAME(af_inet6, AF_INET6);
SAME(sol_socket, SOL_SOCKET);
SAME(so_error, SO_ERROR);
SAME(so_nosigpipe, SO_NOSIGPIPE);
SAME(tcp_keepalive, TCP_KEEPALIVE);
SAME(fionbio, FIONBIO);
SAME(ai_numericserv, AI_NUMERICSERV);
SAME(eai_noname, EAI_NONAME);
SAME(pollwrband, POLLWRBAND);
SAME(edeadlk, EDEADLK);
SAME(eagain, EAGAIN);
SAME(einprogress, EINPROGRESS);
SAME(enotsup, ENOTSUP);
SAME(econnrefused, ECONNREFUSED);
SAME(etimedout, ETIMEDOUT);
SAME(eloop, ELOOP);
SAME(enametoolong, ENAMETOOLONG);
SAME(enotempty, ENOTEMPTY);
SAME(enosys, ENOSYS);
SAME(enoattr, ENOATTR);
SAME(eilseq, EILSEQ);
SAME(eoverflow, EOVERFLOW);
