#include "cli/workspace/root/served_user.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>
#include <vector>

#include "engine/real/platform.h"

extern char** environ;

namespace gopol::cli {
namespace {

/// The pipes that we were started with; whoever prints from now on talks to the terminal.
std::optional<engine::LinePipe> take_pipes() {
  struct stat in {
  }, out{};
  if (::fstat(0, &in) != 0 || ::fstat(1, &out) != 0 || !S_ISFIFO(in.st_mode) ||
      !S_ISFIFO(out.st_mode))
    return {};
  engine::Descriptor from(::fcntl(0, F_DUPFD_CLOEXEC, 3)), to(::fcntl(1, F_DUPFD_CLOEXEC, 3));
  const engine::Descriptor nothing = engine::open_file("/dev/null", O_RDWR);
  if (!from || !to || !nothing || ::dup2(nothing.number(), 0) < 0 || ::dup2(2, 1) < 0) return {};
  return engine::LinePipe(std::move(from), std::move(to));
}

/// sudo says whom it let in; nobody else's word counts.
bool is_for(const std::string& uid) {
  const char* said = std::getenv("SUDO_UID");
  return said == nullptr || uid == said;
}

}  // namespace

std::optional<engine::LinePipe> pipes_for(const std::string& uid) {
  return is_for(uid) ? take_pipes() : std::nullopt;
}

void forget_environment() {
  std::vector<std::string> names;
  for (char** one = ::environ; *one != nullptr; ++one) {
    const std::string pair(*one);
    names.push_back(pair.substr(0, pair.find('=')));
  }
  for (const std::string& name : names) ::unsetenv(name.c_str());
  ::setenv("PATH", "/usr/bin:/bin:/usr/sbin:/sbin", 1);
  ::setenv("LANG", "C", 1);
  ::umask(022);
}

std::optional<engine::RootTask> task_from(engine::LinePipe& pipe, const std::string& uid) {
  const auto said = pipe.read();
  const auto* json = said ? engine::detail::find(*said, "task") : nullptr;
  auto out = json == nullptr ? std::nullopt : engine::detail::task_of(*json);
  if (!out || std::to_string(out->user.uid) != uid) return {};
  if (auto known = engine::platform::account(out->user.uid)) {
    known->home = out->user.home;
    out->user = std::move(*known);
  }
  struct stat home {};
  if (::stat(out->user.home.text.c_str(), &home) == 0 && home.st_uid != out->user.uid) return {};
  return out;
}

}  // namespace gopol::cli
