#include "engine/source/source_identity.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/encoding/repository_address.h"

namespace gopol::engine {
namespace {

constexpr int most_links = 40;

/// Where the link at this place leads; nothing: there is none.
std::optional<Path> followed(const Disk& disk, const Path& at) {
  const auto target = disk.read_link(at);
  if (!target || !*target) return {};
  return (*target)->starts_with('/') ? Path(**target) : at.parent() / **target;
}

constexpr int most_pointers = 5;
constexpr std::uint64_t longest_pointer = 4096;  // bytes

/// What a file of one line names, from `folder`; nothing: there is no such file.
std::optional<Path> named_in(const Disk& disk, const Path& file, std::string_view before,
                             const Path& folder) {
  const auto status = disk.stat_target(file);
  if (!status || status->type != FileStatus::Type::regular) return {};
  const auto text = disk.read(file, {.size = longest_pointer});
  if (!text || !*text || !(*text)->starts_with(before)) return {};
  std::string name = (*text)->substr(before.size());
  while (name.ends_with('\n') || name.ends_with('\r')) name.pop_back();
  if (name.empty()) return {};
  return name.starts_with('/') ? Path(name) : folder / name;
}

/// Where the objects are of which a work tree's `.git`, a file, tells; nothing: it has its own.
/// Source: gitrepository-layout(5), `gitdir` and `commondir`.
std::optional<Path> pointed_at(const Disk& disk, const Path& folder) {
  if (const auto gitdir = named_in(disk, folder / ".git", "gitdir: ", folder)) {
    const auto common = named_in(disk, *gitdir / "commondir", "", *gitdir);
    return common ? common : gitdir;
  }
  return named_in(disk, folder / "commondir", "", folder);
}

std::string without_links(const Disk& disk, const std::string& canonical) {
  std::string rest = canonical.substr(1);
  Path at("/");
  for (int links = 0; !rest.empty() && links < most_links;) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const Path next = at / rest.substr(0, end);
    rest.erase(0, end + 1);
    if (const auto target = followed(disk, next)) {
      rest = (rest.empty() ? *target : *target / rest).text.substr(1);
      at = Path("/");
      ++links;
    } else {
      at = next;
    }
  }
  return canonical_repository((rest.empty() ? at : at / rest).text);
}

}  // namespace

std::string resolved_repository(const Disk& disk, const std::string& canonical) {
  if (!canonical.starts_with('/')) return canonical;
  std::string at = without_links(disk, canonical);
  for (int i = 0; i < most_pointers; ++i) {
    const auto next = pointed_at(disk, Path(at));
    if (!next) break;
    at = without_links(disk, canonical_repository(next->text));
  }
  return at;
}

SourceIdentity identity_of(const Disk& disk, std::string_view url, std::string_view path) {
  SourceIdentity out;
  out.repository = canonical_repository(url);
  out.resolved = resolved_repository(disk, out.repository);
  out.path = canonical_path(path);
  return out;
}

}  // namespace gopol::engine
