#include "engine/source/source_identity.h"

#include <algorithm>
#include <optional>

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

}  // namespace

std::string resolved_repository(const Disk& disk, const std::string& canonical) {
  if (!canonical.starts_with('/')) return canonical;
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

SourceIdentity identity_of(const Disk& disk, std::string_view url, std::string_view path) {
  SourceIdentity out;
  out.repository = canonical_repository(url);
  out.resolved = resolved_repository(disk, out.repository);
  out.path = canonical_path(path);
  return out;
}

}  // namespace gopol::engine
