#include "engine/real/rooted_path.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "engine/real/descriptor.h"

namespace gopol::engine {
namespace {

constexpr int most_links = 40;  // as Linux; macOS stops at 32

/// Components still to walk, the next one at the back.
void push_reversed(std::vector<std::string>& waiting, std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(part.size() + 1, path.size()));
    if (!part.empty() && part != ".") parts.emplace_back(part);
  }
  waiting.insert(waiting.end(), std::move_iterator(parts.rbegin()),
                 std::move_iterator(parts.rend()));
}

void drop_last(std::string& path) { path.erase(std::min(path.rfind('/'), path.size())); }

dsl::Diagnostic others_link(const dsl::Path& path, const dsl::Path& link, uid_t owner) {
  return dsl::problem(
      "R4002",
      fmt::format("`{}` is a link of user {}, who could lead it elsewhere", link.text, owner),
      fmt::format("write to the path behind it, or let that user apply it: `{}`", path.text));
}

std::optional<std::string> target_of(const std::string& real) {
  char buffer[PATH_MAX];
  const ssize_t count = ::readlink(real.c_str(), buffer, sizeof buffer);
  if (count < 0 || count == static_cast<ssize_t>(sizeof buffer)) return {};
  return std::string(buffer, static_cast<std::size_t>(count));
}

}  // namespace

dsl::Diagnostic disk_problem(std::string_view verb, const dsl::Path& path, int error,
                             std::string help) {
  return dsl::problem("R4002", fmt::format("cannot {} `{}`: {}", verb, path.text, reason(error)),
                      std::move(help));
}

dsl::Result<Place> place(const std::string& root, const dsl::Path& path, Follow follow) {
  if (!path.is_absolute() || path.text.find('\0') != std::string::npos) {
    return dsl::problem("R4002", fmt::format("`{}` is no absolute path", path.text));
  }
  std::vector<std::string> waiting;
  push_reversed(waiting, path.text);
  const bool only_own = follow == Follow::own_links || follow == Follow::own_not_the_last;
  const bool keeps_last = follow == Follow::not_the_last || follow == Follow::own_not_the_last;
  std::string walked;  // inside the root, without a trailing slash
  bool exists = true;
  int links = 0;
  while (!waiting.empty()) {
    const std::string part = std::move(waiting.back());
    waiting.pop_back();
    if (part == "..") {
      drop_last(walked);
      continue;
    }
    walked += "/" + part;
    struct stat found {};
    const std::string real = root + walked;
    if (::lstat(real.c_str(), &found) != 0) {
      if (errno != ENOENT && errno != ENOTDIR) return disk_problem("look at", path, errno);
      exists = false;  // stays so: `missing/..` is missing too
      continue;
    }
    if (!S_ISLNK(found.st_mode)) continue;
    if (waiting.empty() && keeps_last) continue;
    if (only_own && found.st_uid != 0 && found.st_uid != ::geteuid())
      return others_link(path, dsl::Path(walked), found.st_uid);
    if (++links > most_links) return disk_problem("look at", path, ELOOP);
    const auto target = target_of(real);
    if (!target) return disk_problem("look at", path, errno);
    drop_last(walked);
    if (target->starts_with('/')) walked.clear();
    push_reversed(waiting, *target);
  }
  Place out;
  out.path = dsl::Path(walked.empty() ? "/" : walked);
  out.real = walked.empty() && root.empty() ? "/" : root + walked;
  out.exists = exists;
  return out;
}

}  // namespace gopol::engine
