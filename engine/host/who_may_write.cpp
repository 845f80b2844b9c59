#include "engine/host/who_may_write.h"

#include <fmt/format.h>

namespace gopol::engine {
namespace {

using Type = FileStatus::Type;

constexpr std::uint32_t by_others = 022, sticky = 01000;
constexpr int most_links = 40;  // as the system follows; behind one more, nobody opens anything

/// `open` if this one place is; a link's own mode says nothing.
std::optional<OpenToOthers> check(const Path& path, const FileStatus& status, std::uint32_t user) {
  const OpenToOthers open{path, status.uid, status.uid == 0 || status.uid == user};
  if (!open.is_owned) return open;
  if (status.type == Type::symlink || (status.mode & by_others) == 0) return {};
  const bool guarded =
      status.type == Type::folder && status.uid == 0 && (status.mode & sticky) != 0;
  return guarded ? std::nullopt : std::optional(open);
}

/// The next part of `path` below `at`.
Path next(const Path& path, const Path& at) {
  const std::size_t start = at.text == "/" ? 1 : at.text.size() + 1;
  return Path(path.text.substr(0, path.text.find('/', start)));
}

}  // namespace

std::string OpenToOthers::text() const {
  return is_owned ? fmt::format("`{}` may be written by others", path.text)
                  : fmt::format("`{}` belongs to another user, {}", path.text, uid);
}

std::string OpenToOthers::help() const {
  return is_owned ? fmt::format("chmod go-w '{}'", path.text)
                  : fmt::format("make it your own, or root's: chown '{}'", path.text);
}

Result<std::optional<OpenToOthers>> who_may_write(const Path& named, const Disk& disk,
                                                  const System& system) {
  if (!named.is_absolute())
    return dsl::problem("R4002", fmt::format("`{}` is no absolute path", named.text));
  Path path = named, at("/");
  for (int links = 0; links <= most_links;) {
    const auto status = disk.stat(at);
    if (!status) return status.error();
    if (status->type == Type::absent) return std::optional<OpenToOthers>();
    if (auto open = check(at, *status, system.user().uid)) return open;
    if (status->type == Type::symlink) {
      const auto target = disk.read_link(at);
      if (!target) return target.error();
      if (!*target) return std::optional<OpenToOthers>();
      const std::string rest = path.text.substr(at.text.size());
      path = Path((at.parent() / **target).text + rest);
      at = Path("/");
      ++links;
      continue;
    }
    if (at == path) return std::optional<OpenToOthers>();
    at = next(path, at);
  }
  return std::optional<OpenToOthers>();
}

}  // namespace gopol::engine
