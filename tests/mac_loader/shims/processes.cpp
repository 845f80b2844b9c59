// `<spawn.h>`, `<sys/wait.h>`, `<unistd.h>` of Darwin. A program of a Mac is started with the
// loader.
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/mac_loader/image.h"
#include "tests/mac_loader/names.h"
#include "tests/mac_loader/program.h"
#include "tests/mac_loader/shims/errors.h"
#include "tests/mac_loader/shims/flags.h"
#include "tests/mac_loader/shims/signals.h"

namespace gopol::mac_loader {
namespace {

/// Both are pointers there, made by their `init`.
struct Attributes {
  posix_spawnattr_t ours;
  bool only_named_descriptors = false;
};
struct Actions {
  posix_spawn_file_actions_t ours;
  int highest = 2;  ///< descriptor that the program is to get
  std::string folder;
};

int new_attributes(Attributes** out) {
  *out = new Attributes;
  return ::posix_spawnattr_init(&(*out)->ours);
}
int end_attributes(Attributes** attributes) {
  ::posix_spawnattr_destroy(&(*attributes)->ours);
  delete *attributes;
  return 0;
}
int set_flags(Attributes** attributes, short flags) {
  constexpr Bit rows[] = {{darwin::spawn_resetids, POSIX_SPAWN_RESETIDS},
                          {darwin::spawn_setpgroup, POSIX_SPAWN_SETPGROUP},
                          {darwin::spawn_setsigdef, POSIX_SPAWN_SETSIGDEF},
                          {darwin::spawn_setsigmask, POSIX_SPAWN_SETSIGMASK}};
  (*attributes)->only_named_descriptors = (flags & darwin::spawn_cloexec_default) != 0;
  const int left = flags & ~darwin::spawn_cloexec_default;
  return ::posix_spawnattr_setflags(&(*attributes)->ours,
                                    static_cast<short>(bits_here(left, rows, "posix_spawn")));
}
int set_group(Attributes** attributes, pid_t group) {
  return ::posix_spawnattr_setpgroup(&(*attributes)->ours, group);
}
int set_default_signals(Attributes** attributes, const darwin::SignalSet* set) {
  const sigset_t ours = set_here(*set);
  return ::posix_spawnattr_setsigdefault(&(*attributes)->ours, &ours);
}
int set_signal_mask(Attributes** attributes, const darwin::SignalSet* set) {
  const sigset_t ours = set_here(*set);
  return ::posix_spawnattr_setsigmask(&(*attributes)->ours, &ours);
}

int new_actions(Actions** out) {
  *out = new Actions;
  return ::posix_spawn_file_actions_init(&(*out)->ours);
}
int end_actions(Actions** actions) {
  ::posix_spawn_file_actions_destroy(&(*actions)->ours);
  delete *actions;
  return 0;
}
int add_folder(Actions** actions, const char* path) {
  (*actions)->folder = path;
  return darwin_error(::posix_spawn_file_actions_addchdir_np(&(*actions)->ours, path));
}
int add_copy(Actions** actions, int from, int to) {
  (*actions)->highest = std::max((*actions)->highest, to);
  return darwin_error(::posix_spawn_file_actions_adddup2(&(*actions)->ours, from, to));
}

#ifdef __aarch64__
/// The emulator gives a child memory of its own: why it does not start, its parent is not told.
int why_not(const char* path, const Actions* actions) {
  const std::string folder = actions == nullptr ? "" : actions->folder;
  if (!folder.empty() && ::access((folder + "/.").c_str(), X_OK) != 0) return errno;
  const std::string file = *path == '/' || folder.empty() ? path : folder + '/' + path;
  struct stat status {};
  if (::access(file.c_str(), X_OK) != 0 || ::stat(file.c_str(), &status) != 0) return errno;
  if (!S_ISREG(status.st_mode)) return EACCES;
  char begin[4] = {};
  std::ifstream(file).read(begin, sizeof begin);
  const bool known = std::string_view(begin, 4) == "\177ELF" || std::string_view(begin, 2) == "#!";
  return known || is_mach_o(file) ? 0 : ENOEXEC;
}
#else
int why_not(const char*, const Actions*) { return 0; }
#endif

/// The loader's own variables, as they were before the program changed any.
std::vector<std::string>& own_variables() {
  static std::vector<std::string> out;
  return out;
}
void keep_ours() {
  for (char** next = environ; *next != nullptr; ++next) {
    if (std::string_view(*next).starts_with("MAC_LOADER_")) own_variables().emplace_back(*next);
  }
}

/// They are for what it starts too, whatever the program gives that.
std::vector<char*> with_ours(char* const theirs[]) {
  std::vector<char*> out;
  for (; *theirs != nullptr; ++theirs) {
    if (!std::string_view(*theirs).starts_with("MAC_LOADER_")) out.push_back(*theirs);
  }
  for (std::string& one : own_variables()) out.push_back(one.data());
  out.push_back(nullptr);
  return out;
}

int start(pid_t* child, const char* path, Actions** actions, Attributes** attributes,
          char* const arguments[], char* const environment[]) {
  if (actions != nullptr && attributes != nullptr && (*attributes)->only_named_descriptors) {
    ::posix_spawn_file_actions_addclosefrom_np(&(*actions)->ours, (*actions)->highest + 1);
  }
  if (const int error = why_not(path, actions == nullptr ? nullptr : *actions)) {
    return darwin_error(error);
  }
  std::vector<char*> all, variables;
  std::string loader = loader_path(), program = path;
  const bool of_a_mac = is_mach_o(program);
  if (of_a_mac) {
    all = {loader.data(), program.data()};
    for (char* const* next = arguments + 1; *next != nullptr; ++next) all.push_back(*next);
    all.push_back(nullptr);
    variables = with_ours(environment);
  }
  return darwin_error(::posix_spawn(
      child, of_a_mac ? loader.c_str() : path, actions == nullptr ? nullptr : &(*actions)->ours,
      attributes == nullptr ? nullptr : &(*attributes)->ours, of_a_mac ? all.data() : arguments,
      of_a_mac ? variables.data() : environment));
}

/// Signals are in the low seven bits of a status, whether the program ended by one or stopped.
int status_there(int ours) {
  if (WIFSIGNALED(ours)) return (ours & ~0x7f) | signal_there(WTERMSIG(ours));
  if (WIFSTOPPED(ours)) return signal_there(WSTOPSIG(ours)) << 8 | 0x7f;
  return ours;
}

pid_t wait_for_child(pid_t child, int* status, int options) {
  constexpr Bit rows[] = {{darwin::wnohang, WNOHANG}, {darwin::wuntraced, WUNTRACED}};
  int ours = 0;
  const pid_t out = ::waitpid(child, &ours, bits_here(options, rows, "waitpid"));
  if (out > 0 && status != nullptr) *status = status_there(ours);
  return out;
}

int wait_for_any(int kind, unsigned id, darwin::Siginfo* out, int options) {
  constexpr Bit rows[] = {{darwin::wnohang, WNOHANG},
                          {darwin::wexited, WEXITED},
                          {darwin::wstopped, WSTOPPED},
                          {darwin::wcontinued, WCONTINUED},
                          {darwin::wnowait, WNOWAIT}};
  constexpr Bit kinds[] = {{0, P_ALL}, {1, P_PID}, {2, P_PGID}};
  siginfo_t ours{};
  const int result = ::waitid(static_cast<idtype_t>(number_here(kind, kinds, "waitid")), id, &ours,
                              bits_here(options, rows, "waitid"));
  if (result != 0 || out == nullptr) return result;
  *out = {};
  out->signo = ours.si_signo == 0 ? 0 : signal_there(ours.si_signo);
  out->code = ours.si_code;
  out->pid = ours.si_pid;
  out->uid = ours.si_uid;
  out->status = ours.si_code == CLD_EXITED ? ours.si_status : signal_there(ours.si_status);
  return 0;
}

[[noreturn]] void end_at_once(int status) {
  before_quick_exit();
  ::_exit(status);
}

}  // namespace

void add_processes(Names& names) {
  keep_ours();
  names.add_object("_environ", &environ);
  names.add("_posix_spawnattr_init", new_attributes);
  names.add("_posix_spawnattr_destroy", end_attributes);
  names.add("_posix_spawnattr_setflags", set_flags);
  names.add("_posix_spawnattr_setpgroup", set_group);
  names.add("_posix_spawnattr_setsigdefault", set_default_signals);
  names.add("_posix_spawnattr_setsigmask", set_signal_mask);
  names.add("_posix_spawn_file_actions_init", new_actions);
  names.add("_posix_spawn_file_actions_destroy", end_actions);
  names.add("_posix_spawn_file_actions_addchdir_np", add_folder);
  names.add("_posix_spawn_file_actions_adddup2", add_copy);
  names.add("_posix_spawn", start);
  names.add("_waitpid", wait_for_child);
  names.add("_waitid", wait_for_any);
  names.add("__exit", end_at_once);
  names.add("__Exit", end_at_once);
}

}  // namespace gopol::mac_loader
