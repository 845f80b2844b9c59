// Each function of engine/real/*_macos.cpp, which no other system compiles: what it answers, and
// how many of their blocks of code have run (small.sh). Compiled for a Mac.
#include "engine/real/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "engine/real/confine.h"

namespace gopol::engine {

// What these files ask of the rest.
Account account_of(const passwd& entry) {
  Account out;
  out.name = entry.pw_name;
  out.uid = entry.pw_uid;
  out.gid = entry.pw_gid;
  return out;
}
std::optional<std::string> sysctl_text(std::string_view, std::string_view bytes) {
  return std::string(bytes.data());
}
std::string follow_links(const char* name) { return name; }

}  // namespace gopol::engine

// The compiler puts calls of these into the files.
namespace {
uint32_t *first_block = nullptr, *end_of_blocks = nullptr;
}
extern "C" void __sanitizer_cov_trace_pc_guard_init(uint32_t* begin, uint32_t* end) {
  if (first_block != nullptr && begin >= first_block && begin < end_of_blocks) return;
  first_block = begin;
  end_of_blocks = end;
  for (uint32_t* block = begin; block < end; ++block) *block = 1;
}
extern "C" void __sanitizer_cov_trace_pc_guard(uint32_t* block) { *block = 0; }

namespace {

using namespace gopol::engine;

void use_calls() {
  const int file = open("file", O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  printf("flushed %d, not %d, ", platform::flush(file), platform::flush(-1));
  printf("all %d\n", platform::flush_file_system("/"));
  struct stat status {};
  fstat(file, &status);
  const auto times = platform::times(status);
  printf("times %d %d\n", times[0].tv_sec == status.st_atimespec.tv_sec,
         times[1].tv_nsec == status.st_mtimespec.tv_nsec);
  const int folder = open(".", platform::search_flags() | O_CLOEXEC);
  printf("a folder to pass through: %d\n", faccessat(folder, "file", R_OK, 0));
  std::array<int, 2> ends{};
  printf("a pipe %d, ", platform::open_pipe(ends));
  printf("not handed on %d %d, ", fcntl(ends[0], F_GETFD), fcntl(ends[1], F_GETFD));
  rlimit few{};
  getrlimit(RLIMIT_NOFILE, &few);
  const rlim_t many = few.rlim_cur;
  few.rlim_cur = static_cast<rlim_t>(ends[1]) + 1;
  setrlimit(RLIMIT_NOFILE, &few);
  printf("no room for one %d\n", platform::open_pipe(ends) == EMFILE);
  few.rlim_cur = many;
  setrlimit(RLIMIT_NOFILE, &few);
  platform::end_with_parent();
  platform::close_inherited(nullptr, 3);
  printf("by a flag %d, another processor's %d %d\n",
         platform::spawn_flags() == POSIX_SPAWN_CLOEXEC_DEFAULT, platform::is_wrong_cpu(EBADARCH),
         platform::is_wrong_cpu(ENOENT));
}

void use_attributes() {
  const int file = open("file", O_RDWR | O_CLOEXEC);
  char text[64] = {};
  printf("set %d, ", platform::set_xattr(file, "note", "mine"));
  printf("%zd of names, ", platform::xattr_names(file, text, sizeof text));
  printf("%s: ", text);
  printf("%zd of it, ", platform::xattr(file, "note", text, sizeof text));
  printf("%.4s, ", text);
  printf("gone %d, once %d\n", platform::remove_xattr(file, "note"),
         platform::remove_xattr(file, "note") == -1 && errno == ENOATTR);
}

void ask_system() {
  printf("%s, ", std::string(platform::name()).c_str());
  printf("%s, ", platform::sysctl("machdep.cpu.brand_string").value_or("?").c_str());
  printf("no key %d, ", !platform::sysctl("no.such").has_value());
  const std::string program = platform::program();
  printf("program %s\n", program.substr(program.rfind('/') + 1).c_str());
  printf("user 0 is %s, root is %u, ", platform::account(0).value_or(Account{}).name.c_str(),
         platform::account("root").value_or(Account{}).uid);
  printf("nobody by a number %d, by a name %d\n", !platform::account(4000000u).has_value(),
         !platform::account("no such user").has_value());
}

void be_confined() {
  bool done = false;
  const Confinement part = run_confined([&done] { done = true; });
  printf("done %d: %s\n", done, part.reason.c_str());
  const Confinement first = confine_to_reading();
  printf("confined %d by %s\n", first.enforced, first.name.c_str());
  const Confinement second = confine_to_reading();  // a process has one profile, for good
  printf("once more %d: %s\n", second.enforced, second.reason.c_str());
}

/// Of root alone, and for good.
void become_another() {
  Account other = platform::account(0).value_or(Account{});
  other.uid = other.gid = 12345;
  printf("another user %d, ", platform::become(other));
  printf("%u, and not back %d\n", getuid(), platform::become(Account{}) != 0);
}

}  // namespace

int main() {
  use_calls();
  use_attributes();
  ask_system();
  be_confined();
  become_another();
  printf("%d blocks, of which these did not run:", static_cast<int>(end_of_blocks - first_block));
  for (uint32_t* block = first_block; block < end_of_blocks; ++block) {
    if (*block != 0) printf(" %d", static_cast<int>(block - first_block));
  }
  printf("\n");
  return 0;
}
