#include "engine/record/lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "engine/encoding/json.h"
#include "engine/real/rooted_path.h"

namespace gopol::engine {
namespace {

using std::chrono::system_clock;

constexpr std::uint64_t most_content = 4096;

std::string age_text(std::int64_t seconds) {
  if (seconds < 120) return fmt::format("{} s", seconds);
  if (seconds < 7200) return fmt::format("{} min", seconds / 60);
  return fmt::format("{} h", seconds / 3600);
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

Result<RunLock> RunLock::take(const Path& state, std::string_view command,
                              system_clock::time_point now) {
  const Path path = state / "lock";
  Descriptor file = open_file(path.text, O_RDWR | O_CREAT | O_NOFOLLOW, 0600);
  if (!file) return disk_problem("open", path, errno);
  while (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno == EWOULDBLOCK) return taken_by(file, path, now);
    return disk_problem("lock", path, errno);
  }
  const detail::Json content{{"pid", static_cast<std::uint64_t>(::getpid())},
                             {"command", detail::json_text(command)},
                             {"start", detail::moment_text(now)}};
  // Only for people: the lock holds without it, so a full disk is no reason to stop here.
  if (::ftruncate(file.number(), 0) == 0) write_all(file.number(), detail::line_of(content) + "\n");
  return RunLock(std::move(file));
}

}  // namespace gopol::engine
