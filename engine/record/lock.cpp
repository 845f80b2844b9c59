#include "engine/record/lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "engine/encoding/json.h"
#include "engine/real/rooted_path.h"
#include "engine/real/run_program.h"

namespace gopol::engine {
namespace {

using std::chrono::system_clock;

constexpr std::uint64_t most_content = 4096;

std::string age_text(std::int64_t seconds) {
  if (seconds < 120) return fmt::format("{} s", seconds);
  if (seconds < 7200) return fmt::format("{} min", seconds / 60);
  return fmt::format("{} h", seconds / 3600);
}

bool is_still_at(const Descriptor& file, const Path& path) {
  struct stat opened {
  }, named{};
  return ::fstat(file.number(), &opened) == 0 && ::lstat(path.text.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

/// Opens and locks what is at the path, not what was there a moment ago. 0 or an errno;
/// EWOULDBLOCK: somebody else has it, and `out` is open.
int lock_at(const Path& path, int flags, Descriptor& out) {
  for (;;) {
    out = open_file(path.text, flags, 0600);
    if (!out) return errno;
    while (::flock(out.number(), LOCK_EX | LOCK_NB) != 0) {
      if (errno != EINTR) return errno;
    }
    if (is_still_at(out, path)) break;
  }
  // Programs that act get it as number 3: it must not stand in its own way.
  Descriptor higher(::fcntl(out.number(), F_DUPFD_CLOEXEC, 4));
  if (!higher) return errno;
  out = std::move(higher);
  return 0;
}

dsl::Diagnostic taken_by(const Descriptor& file, const Path& path, system_clock::time_point now) {
  std::string content;
  const bool read = read_some(file.number(), 0, most_content, content) == 0;
  const auto owner = read ? detail::parse_json(content) : std::nullopt;
  if (!owner || detail::find(*owner, "pid") == nullptr) {
    return dsl::problem("R4101", "another gopol is running",
                        fmt::format("wait for it to end; it holds `{}`", path.text));
  }
  const std::uint64_t pid = detail::number_in(*owner, "pid");
  if (::kill(static_cast<pid_t>(pid), 0) != 0 && errno == ESRCH) {
    return dsl::problem("R4101",
                        fmt::format("a program that a killed gopol started is still at work: it "
                                    "was started by process {}, `{}`",
                                    pid, detail::text_in(*owner, "command")),
                        "wait for it to end");
  }
  std::string since;
  if (const auto start = detail::moment_of(detail::text_in(*owner, "start"));
      start && *start <= now) {
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(now - *start);
    since = fmt::format(", for {}", age_text(age.count()));
  }
  return dsl::problem("R4101",
                      fmt::format("another gopol is running: process {}, `{}`{}", pid,
                                  detail::text_in(*owner, "command"), since),
                      "wait for it to end");
}

}  // namespace

RunLock::RunLock(Descriptor folder, Descriptor file)
    : folder_(std::move(folder)), file_(std::move(file)) {
  keep_while_acting(folder_.number());
}

RunLock::~RunLock() {
  if (folder_) keep_while_acting(-1);
}

Result<RunLock> RunLock::take(const Path& state, std::string_view command,
                              system_clock::time_point now) {
  const Path path = state / "lock";
  Descriptor file;
  const auto tell = [&] {
    if (!file) file = open_file(path.text, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    return taken_by(file, path, now);
  };
  Descriptor folder;
  if (const int error = lock_at(state, O_RDONLY | O_DIRECTORY, folder))
    return error == EWOULDBLOCK ? tell() : disk_problem("lock", state, error);
  // An older gopol holds the file alone.
  if (const int error = lock_at(path, O_RDWR | O_CREAT | O_NOFOLLOW, file))
    return error == EWOULDBLOCK ? tell() : disk_problem("open", path, error);
  const detail::Json content{{"pid", static_cast<std::uint64_t>(::getpid())},
                             {"command", detail::json_text(command)},
                             {"start", detail::moment_text(now)}};
  // Only for people: the lock holds without it, so a full disk is no reason to stop here.
  if (::ftruncate(file.number(), 0) == 0) write_all(file.number(), detail::line_of(content) + "\n");
  return RunLock(std::move(folder), std::move(file));
}

}  // namespace gopol::engine
